"""When the shop's people are there."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, get_args
from zoneinfo import ZoneInfo

from crm_store.strategy.policies import Shop, Weekday

WEEKDAYS: Final = get_args(Weekday)
FURTHEST: Final = 14
"""Days to look ahead: a shop that is closed for longer has no hours at all."""


def hours_on(shop: Shop, day: date) -> tuple[datetime, datetime] | None:
    """Return when the shop opens and closes on a day, in UTC; None if it is closed."""
    spoken = shop.hours.get(WEEKDAYS[day.weekday()])
    if not spoken:
        return None
    zone = ZoneInfo(shop.time_zone)
    opens, closes = (time.fromisoformat(part) for part in spoken.split("-"))
    # "00:00-00:00" is the whole day.
    last = day if closes > opens else day + timedelta(days=1)
    begin, end = datetime.combine(day, opens, zone), datetime.combine(last, closes, zone)
    return begin.astimezone(UTC), end.astimezone(UTC)


def is_open(shop: Shop, at: datetime) -> bool:
    """Return whether somebody is there."""
    hours = hours_on(shop, local_day(shop, at))
    return hours is not None and hours[0] <= at < hours[1]


def next_open(shop: Shop, at: datetime) -> datetime:
    """Return the first moment from `at` on when somebody is there; `at` itself if ever so."""
    for begin, end in _openings(shop, at):
        if at < end:
            return max(at, begin)
    return at


def promised_by(shop: Shop, at: datetime, *, hours: int) -> datetime:
    """Return by when somebody answers: after so many hours, or at the next opening after that.

    It is the end of an hour, as people promise it.
    """
    due = at + timedelta(hours=hours)
    begun = due.replace(minute=0, second=0, microsecond=0)
    return next_open(shop, due if due == begun else begun + timedelta(hours=1))


def local(shop: Shop, at: datetime) -> datetime:
    """Return a moment as the shop's clock shows it."""
    return at.astimezone(ZoneInfo(shop.time_zone))


def local_day(shop: Shop, at: datetime) -> date:
    """Return which day it is for the shop."""
    return local(shop, at).date()


def _openings(shop: Shop, at: datetime) -> Iterator[tuple[datetime, datetime]]:
    today = local_day(shop, at)
    for ahead in range(FURTHEST):
        hours = hours_on(shop, today + timedelta(days=ahead))
        if hours is not None:
            yield hours
