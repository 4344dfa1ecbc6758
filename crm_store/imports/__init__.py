"""Takes a shop's products, customers and orders from files."""
