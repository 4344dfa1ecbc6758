from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from crm_store.callbacks.planning import first_free, hour_of
from crm_store.errors import NobodyThere
from crm_store.strategy.policies import Shop, policies

pytestmark = pytest.mark.unit

BERLIN = ZoneInfo("Europe/Berlin")
SHOP = policies({}).shop
MONDAY = 23


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=BERLIN)


def with_hours(**hours: str) -> Shop:
    return SHOP.model_copy(update={"hours": hours})


def test_a_call_within_opening_hours_comes_when_it_is_wanted() -> None:
    assert first_free(SHOP, at(MONDAY, 15, 30), owed={}, most=1) == at(MONDAY, 15, 30)


@pytest.mark.parametrize(
    ("wanted", "promised"),
    [
        (at(MONDAY, 7), at(MONDAY, 9)),
        (at(MONDAY, 20), at(MONDAY + 1, 9)),
        (at(28, 13, 45), at(30, 9)),  # on Saturday the shop closes at two, on Sunday all day
        (at(29, 12), at(30, 9)),
    ],
)
def test_a_call_outside_opening_hours_comes_when_the_shop_opens(
    wanted: datetime, promised: datetime
) -> None:
    assert first_free(SHOP, wanted, owed={}, most=1) == promised


def test_no_call_is_promised_for_the_last_minutes_of_a_day() -> None:
    assert first_free(SHOP, at(MONDAY, 17, 30), owed={}, most=1) == at(MONDAY, 17, 30)
    assert first_free(SHOP, at(MONDAY, 17, 31), owed={}, most=1) == at(MONDAY + 1, 9)


def test_a_full_hour_is_passed_over() -> None:
    owed = {hour_of(at(MONDAY, 15)): 2, hour_of(at(MONDAY, 16)): 1}

    assert first_free(SHOP, at(MONDAY, 15, 40), owed=owed, most=2) == at(MONDAY, 16)


def test_the_last_hour_being_full_it_is_the_next_day() -> None:
    owed = {hour_of(at(MONDAY, 17)): 1}

    assert first_free(SHOP, at(MONDAY, 17), owed=owed, most=1) == at(MONDAY + 1, 9)


def test_a_shop_without_hours_calls_nobody() -> None:
    with pytest.raises(NobodyThere):
        first_free(with_hours(), at(MONDAY, 12), owed={}, most=1)


def test_a_shop_that_never_closes_calls_at_any_hour() -> None:
    always = with_hours(monday="00:00-00:00", tuesday="00:00-00:00")

    assert first_free(always, at(MONDAY, 3), owed={}, most=1) == at(MONDAY, 3)
    assert first_free(always, at(MONDAY, 23, 45), owed={}, most=1) == at(MONDAY + 1, 0)


def test_an_hour_begins_with_its_first_minute() -> None:
    assert hour_of(at(MONDAY, 15, 59) + timedelta(seconds=59)) == at(MONDAY, 15)
