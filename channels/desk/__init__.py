"""The agents' desk: who waits, the whole story of each, and the words back."""
