"""Days near today: "gestern", "in drei Tagen", "next Tuesday"."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from bot.entities.calendar import (
    shifted,
    short_weekdays,
    week_from,
    weekday_before,
    weekday_from,
    weekdays,
)
from bot.entities.dated import (
    MOST_UNITS,
    Dated,
    are_said,
    choice_of,
    count_of,
    is_gone_by,
    meaning,
    on,
    weekday_pattern,
    words,
)
from bot.entities.lexicons import any_of, lexicon
from bot.entities.said import Said

COUNT = r"(?P<count>\d{1,3}|ein(?:e|en|em|er)?|one|an?)"


def near_days(said: Said) -> Iterator[Dated]:
    """Find days that are told by their distance from today."""
    if are_said(said, "units"):
        yield from _away(said)
    if said.has_any(_weekday_words()):
        yield from _weekdays(said)
    if are_said(said, "days"):
        yield from _by_name(said)


def _away(said: Said) -> Iterator[Dated]:
    for sign, pattern in _distances():
        for match in pattern.finditer(said.plain):
            parts = match.groupdict()
            count, unit = count_of(parts.get("count") or "1"), meaning("units", match["unit"])
            base = _base(parts.get("base"), said.today)
            if count <= MOST_UNITS and base:
                day = shifted(base, unit, sign * count)
                yield on(match.span(), _weekday_of_week(parts.get("weekday"), day))


def _weekday_of_week(weekday: str | None, day: date) -> date:
    """Return the day itself, or that weekday of its week: "Freitag vor zwei Wochen"."""
    return week_from(day, 0)[0] + timedelta(days=weekdays()[weekday]) if weekday else day


def _base(word: str | None, today: date) -> date | None:
    """Return the day from which "Dienstag in einer Woche" is counted."""
    if not word:
        return today
    if word in weekdays():
        return weekday_from(today, weekdays()[word])
    return today + timedelta(days=int(meaning("days", word)))


def _by_name(said: Said) -> Iterator[Dated]:
    for match in _day_words().finditer(said.plain):
        if not _is_greeting(match, said):
            days = int(meaning("days", match["word"]))
            yield on(match.span(), said.today + timedelta(days=days))


def _is_greeting(match: "re.Match[str]", said: Said) -> bool:
    """Tell whether "Morgen" greets or is a time of the day."""
    until = said.whole[: match.end()]
    if any(until.endswith(phrase) for phrase in words("no_day")):
        return True
    if match["word"] != "morgen":
        return False
    alone = match.start() == 0 and said.whole[match.end() : match.end() + 1] in ("!", ",")
    return alone or said.before(match.start()) in words("before_morning")


def _weekdays(said: Said) -> Iterator[Dated]:
    for match in _weekday().finditer(said.plain):
        if said.before(match.start()) not in words("every_time"):
            yield on(match.span(), _day_of_week(match, said))
    for match in _short_weekday().finditer(said.plain):
        weekday = short_weekdays()[match["short"]]
        yield on(match.span("short"), weekday_from(said.today, weekday))


def _day_of_week(match: "re.Match[str]", said: Said) -> date:
    weekday = weekdays()[match["weekday"]]
    week = match["week_before"] or match["week_after"]
    if week:
        monday, _ = week_from(said.today, int(meaning("which", week)))
        return monday + timedelta(days=weekday)
    if match["beyond"]:
        return _by_which(int(meaning("beyond", match["beyond"])), "", weekday, said.today)
    which = int(meaning("which", match["which"])) if match["which"] else None
    if which is None:
        return _nearest_weekday(weekday, match.start(), said)
    return _by_which(which, match["which"], weekday, said.today)


def _nearest_weekday(weekday: int, place: int, said: Said) -> date:
    """Return the next one, unless it is spoken of as past, or as the day of an order."""
    of_an_order = said.before(place) in ("vom", "von", "from") and _speaks_of_orders(said)
    if of_an_order or is_gone_by(said, place):
        return weekday_before(said.today, weekday)
    return weekday_from(said.today, weekday)


def _speaks_of_orders(said: Said) -> bool:
    return said.has_any(lexicon("orders")["words"])


def _by_which(which: int, word: str, weekday: int, today: date) -> date:
    if which < 0:
        return weekday_before(today, weekday) + timedelta(weeks=which + 1)
    coming = weekday_from(today, weekday)
    # "Next Friday", said on a Wednesday, is in a week; "nächsten Freitag" is the nearest.
    in_this_week = coming <= week_from(today, 0)[1]
    skips = word == "next" and in_this_week
    return coming + timedelta(weeks=max(0, which - 1) + skips)


@cache
def _distances() -> tuple[tuple[int, "re.Pattern[str]"], ...]:
    unit = rf"(?P<unit>{choice_of('units')})"
    base = rf"(?P<base>heute|morgen|today|tomorrow|{weekday_pattern()})"
    weekday = rf"(?:(?P<weekday>{weekday_pattern()}) )?"
    return (
        _distance(-1, rf"{weekday}{choice_of('ago_before')} {COUNT} {unit}"),
        _distance(-1, rf"{weekday}{COUNT} {unit} {choice_of('ago_after')}"),
        _distance(1, rf"(?:{base} )?in {COUNT} {unit}(?:'s)?(?: time)?"),
        _distance(1, rf"{base} (?P<unit>week|fortnight)"),
        _distance(1, rf"{COUNT} {unit} (?:(?:from |on )?{base}|{choice_of('ahead_after')})"),
    )


def _distance(sign: int, pattern: str) -> tuple[int, "re.Pattern[str]"]:
    return sign, re.compile(rf"(?<![\w·.,-]){pattern}(?!\w)")


@cache
def _weekday_words() -> frozenset[str]:
    parts = words("parts_of_day")
    compounds = {f"{day}{part}" for day in weekdays() for part in parts}
    return frozenset({*weekdays(), *short_weekdays(), *compounds})


@cache
def _day_words() -> "re.Pattern[str]":
    parts = choice_of("parts_of_day")
    return re.compile(rf"(?<!\w)(?P<word>{choice_of('days')})(?: {parts})?(?!\w)")


@cache
def _weekday() -> "re.Pattern[str]":
    which, week = choice_of("which"), "(?:woche|week)"
    parts = choice_of("parts_of_day")
    return re.compile(
        rf"(?<!\w)(?:(?P<week_before>{which}) {week},? (?:am |on )?|(?P<which>{which}) )?"
        rf"(?P<weekday>{weekday_pattern()})(?: ?{parts})?"
        rf"(?:,? (?:of |der |in der )?(?P<week_after>{which}) {week}"
        rf"| (?P<beyond>{choice_of('beyond')}))?(?!\w)"
    )


@cache
def _short_weekday() -> "re.Pattern[str]":
    short = any_of(list(short_weekdays()))
    before = choice_of("weekday_before")
    return re.compile(rf"(?<!\w){before} (?P<short>{short})(?!\w)")
