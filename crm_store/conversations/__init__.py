"""Conversations, their messages, and who speaks next."""
