"""Whether this installation can serve, and what to do where it cannot."""
