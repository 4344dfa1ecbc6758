"""Dates: a day, or the first and the last of several."""

import re
from collections.abc import Iterator, Sequence
from datetime import timedelta
from functools import cache
from itertools import chain

from bot.entities.dated import Dated, choice_of, words
from bot.entities.days import days
from bot.entities.holidays import holidays
from bot.entities.named import Named
from bot.entities.near import near_days
from bot.entities.said import Said, Taken
from bot.entities.stretches import stretches

WEEK = timedelta(weeks=1)


def dates(said: Said) -> Iterator[Named]:
    """Find days and stretches of days, and join "from … to …"."""
    taken = Taken(len(said.plain))
    readings = chain(days(said), holidays(said), near_days(said), stretches(said))
    found = [dated for dated in readings if taken.take(*dated.span)]
    for dated in _joined(sorted(found, key=lambda one: one.span), said):
        yield said.named("date", dated.span, dated.value)


def _joined(found: Sequence[Dated], said: Said) -> list[Dated]:
    joined: list[Dated] = []
    for dated in found:
        if joined and _go_together(joined[-1], dated, said):
            joined[-1] = _from_to(joined[-1], dated)
        else:
            joined.append(dated)
    return joined


def _go_together(first: Dated, last: Dated, said: Said) -> bool:
    match = _until().fullmatch(said.plain[first.span[1] : last.span[0]])
    if match is None:
        return False
    is_list = match["word"] in ("und", "and")
    return not is_list or said.before(first.span[0]) in words("between")


def _from_to(first: Dated, last: Dated) -> Dated:
    start, end = first.days[0], last.days[1]
    # "Montag bis Freitag" ends after it begins, though a Friday may come sooner than a Monday.
    while end < start:
        end += WEEK
    return Dated((first.span[0], last.span[1]), (start, end))


@cache
def _until() -> "re.Pattern[str]":
    return re.compile(rf" ?(?P<word>{choice_of('until')}) ?(?:den |dem |zum |the )?")
