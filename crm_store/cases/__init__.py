"""Matters that somebody of the shop will see to, each with a promise of when."""
