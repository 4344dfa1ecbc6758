"""What the tests of the phone share."""

from functools import partial

import pytest

from channels.settings import PhoneMode
from crm_store.db import SessionFactory
from tests.integration.channels.phone.running import LineWith, a_line


@pytest.fixture
def line_with(database_url: str, sessions: SessionFactory) -> LineWith:
    """Run the phone line around a bot."""
    return partial(a_line, database_url=database_url, sessions=sessions)


@pytest.fixture
def plain_line_with(database_url: str, sessions: SessionFactory) -> LineWith:
    """Run a phone line that holds its calls without a relay."""
    return partial(a_line, database_url=database_url, sessions=sessions, mode=PhoneMode.gather)


@pytest.fixture(params=PhoneMode)
def either_line_with(
    request: pytest.FixtureRequest, database_url: str, sessions: SessionFactory
) -> LineWith:
    """Run a phone line that holds its calls in the one way, and then in the other."""
    return partial(a_line, database_url=database_url, sessions=sessions, mode=request.param)


@pytest.fixture
def returning_line_with(database_url: str, sessions: SessionFactory) -> LineWith:
    """Run a phone line whose relays open another socket when they lose theirs."""
    return partial(
        a_line, database_url=database_url, sessions=sessions, rapport_phone_reconnect=True
    )
