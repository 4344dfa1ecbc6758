"""Products, their texts in each language and their vectors."""
