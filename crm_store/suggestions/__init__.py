"""What was suggested, why, and what came of it."""
