"""Calls that the shop owes its customers."""
