"""These tests use the application as it runs."""

from tests.integration.channels.desk.running import desk, log_in

__all__ = ["desk", "log_in"]
