"""The record of every contact, and the knowledge that grows from it."""
