"""Consents, and what a person may ask of the shop about their own data."""
