"""What the assistant does: one action a file, each in one transaction of the store."""
