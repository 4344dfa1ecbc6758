"""Recommendations among friends, and what they are worth."""
