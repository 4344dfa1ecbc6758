"""Stretches of days: "letzte Woche", "im Mai", "end of next month"."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache

from bot.entities import calendar
from bot.entities.calendar import Stretch, months
from bot.entities.dated import YEAR, Dated, are_said, choice_of, is_gone_by, meaning, words
from bot.entities.lexicons import any_of
from bot.entities.said import Said
from bot.entities.small import stands_alone

WHOLE = {"week": calendar.week_from, "weekend": calendar.weekend_from, "month": calendar.month_from}


def stretches(said: Said) -> Iterator[Dated]:
    """Find weeks, weekends, months, years and their parts."""
    if are_said(said, "stretches", "joined_ends"):
        yield from _counted(said)
    if said.has_any(months()):
        yield from _months(said)
    if said.has_figures and are_said(said, "year_before"):
        yield from _years(said)


def _counted(said: Said) -> Iterator[Dated]:
    for match in _which_stretches(said):
        parts = match.groupdict()
        which = _which(parts)
        days = _whole(meaning("stretches", match["stretch"]), which, said.today)
        yield Dated(match.span(), _part(parts.get("part"), days))
    for match in _weekend().finditer(said.plain):
        weeks = -1 if is_gone_by(said, match.start()) else 0
        yield Dated(match.span("stretch"), calendar.weekend_from(said.today, weeks))
    for match in _joined_end().finditer(said.plain):
        days = _whole(meaning("joined_ends", match["joined"]), 0, said.today)
        part = "start" if match["joined"].endswith("anfang") else "end"
        yield Dated(match.span(), calendar.part_of(days, part))


def _which_stretches(said: Said) -> "Iterator[re.Match[str]]":
    for pattern in (_beyond(), _with_which(), _with_part()):
        yield from pattern.finditer(said.plain)


def _which(parts: Mapping[str, str | None]) -> int:
    """Return how many weeks or the like from this one: "next", "after next"."""
    for key in ("which", "beyond"):
        if word := parts.get(key):
            return int(meaning(key, word))
    return 0


def _whole(stretch: str, which: int, today: date) -> Stretch:
    if stretch == "year":
        return calendar.whole_year(today.year + which)
    return WHOLE[stretch](today, which)


def _part(word: str | None, days: Stretch) -> Stretch:
    return calendar.part_of(days, meaning("parts", word)) if word else days


def _months(said: Said) -> Iterator[Dated]:
    for match in _month().finditer(said.plain):
        if _is_month(match, said):
            days = _month_meant(match, said)
            yield Dated(match.span("whole"), _part(match["part"], days))


def _is_month(match: "re.Match[str]", said: Said) -> bool:
    """Tell a month from the girl's name and the verb that "Mai" and "may" are."""
    if match["part"] or match["which"] or match["year"]:
        return True
    if stands_alone(said, match.span("whole")) and not _may_be_verb(match, said):
        return True
    key = "time_before_names" if match["month"] in words("names") else "time_before"
    return bool(match["before"]) and said.before(match.start("whole")) in words(key)


def _may_be_verb(match: "re.Match[str]", said: Said) -> bool:
    return match["month"] in words("verbs") and said.whole.strip(" .!?") != match["month"]


def _month_meant(match: "re.Match[str]", said: Said) -> Stretch:
    month, today = months()[match["month"]], said.today
    if match["year"]:
        return calendar.whole_month(int(match["year"].replace("·", "")), month)
    if match["which"]:
        return _month_by_which(int(meaning("which", match["which"])), month, today)
    days = calendar.nearest_month(month, today)
    # What happened "im April" did so in one gone by.
    if days[0] > today and is_gone_by(said, match.start("whole")):
        return calendar.whole_month(days[0].year - 1, month)
    return days


def _month_by_which(which: int, month: int, today: date) -> Stretch:
    if which < 0:
        return calendar.whole_month(today.year - (month >= today.month), month)
    if which > 0:
        return calendar.whole_month(today.year + (month <= today.month), month)
    return calendar.whole_month(today.year, month)


def _years(said: Said) -> Iterator[Dated]:
    for match in _year().finditer(said.plain):
        yield Dated(match.span("year"), calendar.whole_year(int(match["year"].replace("·", ""))))


@cache
def _with_which() -> "re.Pattern[str]":
    part = rf"(?:(?P<part>{choice_of('parts')}) (?:der |des |the |this )?)?"
    return re.compile(
        rf"(?<!\w){part}(?P<which>{choice_of('which')}) (?P<stretch>{choice_of('stretches')})(?!\w)"
    )


@cache
def _beyond() -> "re.Pattern[str]":
    part = rf"(?:(?P<part>{choice_of('parts')}) (?:the )?)?"
    stretch, beyond = choice_of("stretches"), choice_of("beyond")
    return re.compile(rf"(?<!\w){part}(?P<stretch>{stretch}) (?P<beyond>{beyond})(?!\w)")


@cache
def _with_part() -> "re.Pattern[str]":
    stretch = rf"(?P<stretch>{choice_of('stretches')})(?!\w)"
    return re.compile(rf"(?<!\w)(?P<part>{choice_of('parts')}) (?:der |des |the )?{stretch}")


@cache
def _weekend() -> "re.Pattern[str]":
    before = "(?:am|uebers|ueber das|on the|at the|over the|at|by the)"
    return re.compile(rf"(?<!\w){before} (?P<stretch>wochenende|weekend)(?!\w)")


@cache
def _joined_end() -> "re.Pattern[str]":
    return re.compile(rf"(?<!\w)(?P<joined>{choice_of('joined_ends')})(?!\w)")


@cache
def _month() -> "re.Pattern[str]":
    before = rf"(?:(?P<before>{choice_of('time_before')}) )?"
    part = rf"(?:(?P<part>{choice_of('parts')}) )?"
    which = rf"(?:(?P<which>{choice_of('which')}) )?"
    month = rf"(?P<month>{any_of(list(months()))})(?!\w)"
    return re.compile(rf"(?<!\w){before}(?P<whole>{part}{which}{month}(?:,? (?:of )?{YEAR})?)")


@cache
def _year() -> "re.Pattern[str]":
    return re.compile(rf"(?<!\w){choice_of('year_before')} {YEAR}(?! [a-z]*(?:stueck|euro))")
