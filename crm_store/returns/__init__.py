"""What customers send back, and the money that goes back to them."""
