from datetime import UTC, date, datetime, timedelta

import pytest

from crm_store.strategy.opening import hours_on, is_open, promised_by
from crm_store.strategy.policies import policies

pytestmark = pytest.mark.unit

SHOP = policies({}).shop


def test_a_shop_is_open_in_its_own_time_zone() -> None:
    assert is_open(SHOP, datetime(2026, 11, 23, 8, 0, tzinfo=UTC))
    assert not is_open(SHOP, datetime(2026, 11, 23, 7, 59, tzinfo=UTC))
    assert not is_open(SHOP, datetime(2026, 11, 23, 17, 0, tzinfo=UTC))


def test_a_shop_that_opens_and_closes_at_midnight_is_open_all_day() -> None:
    always = SHOP.model_copy(update={"hours": {"monday": "00:00-00:00"}})

    hours = hours_on(always, date(2026, 11, 23))

    assert hours is not None
    assert hours[1] - hours[0] == timedelta(days=1)
    assert is_open(always, datetime(2026, 11, 23, 3, 0, tzinfo=UTC))


def test_a_promise_ends_with_a_whole_hour() -> None:
    at = datetime(2026, 11, 23, 9, 29, tzinfo=UTC)

    assert promised_by(SHOP, at, hours=24) == datetime(2026, 11, 24, 10, tzinfo=UTC)
    assert promised_by(SHOP, at.replace(minute=0), hours=24) == at.replace(day=24, minute=0)
