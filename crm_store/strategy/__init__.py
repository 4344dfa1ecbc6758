"""What the shop has decided: its policies, which are data that it changes as it goes."""
