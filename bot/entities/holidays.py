"""Holidays: "Heiligabend", "Easter Monday"."""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from bot.entities.calendar import holiday
from bot.entities.dated import YEAR, Dated, are_said, choice_of, is_gone_by, meaning, on, words
from bot.entities.said import Said


def holidays(said: Said) -> Iterator[Dated]:
    """Find days by the name of their feast; of last year's and next year's, the nearest."""
    if not are_said(said, "holidays"):
        return
    for match in _holiday().finditer(said.plain):
        greeting = said.before(match.start()) in words("holiday_greetings")
        if not greeting and said.after(match.end()) not in words("no_holiday"):
            yield on(match.span(), _day_of_holiday(match, said))


def _day_of_holiday(match: "re.Match[str]", said: Said) -> date:
    rule, today = meaning("holidays", match["holiday"]), said.today
    if match["year"]:
        return holiday(rule, int(match["year"].replace("·", "")))
    found = [holiday(rule, today.year + shift) for shift in (-1, 0, 1)]
    which = int(meaning("which", match["which"])) if match["which"] else 0
    if which < 0 or is_gone_by(said, match.start()):
        return max(day for day in found if day < today)
    if which > 0:
        return min(day for day in found if day > today)
    return min(found, key=lambda day: abs(day - today))


@cache
def _holiday() -> "re.Pattern[str]":
    which = rf"(?:(?P<which>{choice_of('which')}) )?"
    return re.compile(rf"(?<!\w){which}(?P<holiday>{choice_of('holidays')})(?: {YEAR})?(?!\w)")
