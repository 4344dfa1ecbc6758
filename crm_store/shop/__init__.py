"""Selling: what an order would cost, placing it, and telling who waits for what is back."""
