"""What customers say of products and of the shop, for others to read."""
