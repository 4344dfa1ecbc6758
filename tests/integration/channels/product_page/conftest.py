"""These tests use the application as it runs."""

from tests.integration.channels.desk.running import desk

__all__ = ["desk"]
