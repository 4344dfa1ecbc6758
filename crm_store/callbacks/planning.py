"""When the shop can call back: while its people are there, and not too many at a time. Pure."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Final

from crm_store.errors import NobodyThere
from crm_store.strategy.opening import hours_on, local_day
from crm_store.strategy.policies import Shop

HOUR: Final = timedelta(hours=1)
SHORTEST: Final = timedelta(minutes=30)
"""Before closing time, so that a call that begins then is still answered in peace."""
DAYS: Final = 14
"""How far the calendar is searched for a free hour."""


def hour_of(moment: datetime) -> datetime:
    """Return the beginning of the hour that a moment is in."""
    return moment.replace(minute=0, second=0, microsecond=0)


def first_free(
    shop: Shop, wanted: datetime, *, owed: Mapping[datetime, int], most: int
) -> datetime:
    """Return the first moment from the wanted one on for which a call can be promised.

    `owed` tells how many calls are promised already, by the beginning of their hour. It raises
    NobodyThere where the shop has no free hour for a long time.
    """
    for moment in _moments(shop, wanted):
        if owed.get(hour_of(moment), 0) < most:
            return moment
    raise NobodyThere


def latest(shop: Shop, moment: datetime) -> datetime:
    """Return until when a call that is promised from a moment on must have come."""
    hours = hours_on(shop, local_day(shop, moment))
    return moment + HOUR if hours is None else min(moment + HOUR, hours[1])


def _moments(shop: Shop, wanted: datetime) -> Iterator[datetime]:
    today = local_day(shop, wanted)
    for ahead in range(DAYS):
        hours = hours_on(shop, today + timedelta(days=ahead))
        if hours is None:
            continue
        moment = max(wanted, hours[0])
        while moment <= hours[1] - SHORTEST:
            yield moment
            moment = hour_of(moment) + HOUR
