"""Recordings of calls: made only after a yes, kept for as long as the shop has decided."""
