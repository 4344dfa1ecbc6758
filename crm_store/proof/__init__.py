"""Whether suggestions help: what was bought after them, and what without them."""
