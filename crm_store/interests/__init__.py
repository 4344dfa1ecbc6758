"""What customers like: said, seen and concluded, and how much of it still holds."""
