"""What the shop's own programs may ask."""
