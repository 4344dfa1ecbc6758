"""How the meanings of sentences are learned, whatever runs the assistant."""
