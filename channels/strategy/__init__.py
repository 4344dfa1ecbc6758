"""What the shop decides, changed from the command line."""
