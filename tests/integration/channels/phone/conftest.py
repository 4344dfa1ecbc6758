"""What the tests of the phone share."""

from functools import partial

import pytest

from crm_store.db import SessionFactory
from tests.integration.channels.phone.running import LineWith, a_line


@pytest.fixture
def line_with(database_url: str, sessions: SessionFactory) -> LineWith:
    """Run the phone line around a bot."""
    return partial(a_line, database_url=database_url, sessions=sessions)
