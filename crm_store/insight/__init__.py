"""The append-only log of what customers did."""
