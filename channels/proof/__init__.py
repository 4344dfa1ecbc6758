"""What the shop is told of its suggestions."""
