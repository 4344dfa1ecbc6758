"""Records administration: what the shop keeps, changed by whoever administers it."""
