"""Finding conversations by what was said in them, and by whose they are."""
