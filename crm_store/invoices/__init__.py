"""What was charged for the orders that have left."""
