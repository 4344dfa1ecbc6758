"""Bringing customers who wait together with agents who are free."""
