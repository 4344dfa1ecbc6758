"""What the shop owes its customers of their own data: a copy of it, and an end to it."""
