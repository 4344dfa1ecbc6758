"""The chat in a terminal, for whoever builds or tries the assistant."""
