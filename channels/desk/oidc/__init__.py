"""Logging in at the desk by the shop's own identity provider (OpenID Connect)."""
