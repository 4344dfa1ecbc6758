from datetime import UTC, datetime

import pytest

from actions.asks.callback import SOON, wanted_moment
from crm_store.strategy.policies import policies

pytestmark = pytest.mark.unit

SHOP = policies({}).shop
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
"""One o'clock for the shop."""


@pytest.mark.parametrize(
    ("when", "wanted"),
    [
        (SOON, NOON),
        ("T15:00", datetime(2026, 11, 23, 14, 0, tzinfo=UTC)),
        ("T09:00", datetime(2026, 11, 24, 8, 0, tzinfo=UTC)),
        ("2026-11-23", NOON),
        ("2026-11-24", datetime(2026, 11, 23, 23, 0, tzinfo=UTC)),
        ("2026-11-24T09:30", datetime(2026, 11, 24, 8, 30, tzinfo=UTC)),
        ("2026-11-23T09:00", NOON),
    ],
)
def test_what_is_said_of_a_time_is_a_moment_of_the_shops_clock(when: str, wanted: datetime) -> None:
    assert wanted_moment(when, SHOP, NOON) == wanted
