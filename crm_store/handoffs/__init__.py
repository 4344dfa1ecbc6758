"""Escalations from the assistant to a person."""
