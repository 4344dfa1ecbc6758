"""Days by their number: "12.11.2026", "November 12th", "am zwölften elften"."""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from bot.entities.calendar import (
    day_of,
    month_from,
    months,
    nearest,
    next_day_of_month,
    shifted,
)
from bot.entities.dated import (
    YEAR,
    Dated,
    choice_of,
    is_gone_by,
    may_end_before,
    meaning,
    on,
    weekday_pattern,
    words,
)
from bot.entities.lexicons import any_of, lexicon
from bot.entities.said import Said
from bot.entities.small import stands_alone

NTH = r"(?:\.|º|st|nd|rd|th)"
BEGINS = r"(?<![\w.,/·-])"
TO = r"(?: (?:bis|bis zum|to|until|through|und|and)(?: dem| the)? | ?- ?)"
ISO = re.compile(rf"{BEGINS}(?P<year>(?:19|20)\d\d)-(?P<month>\d\d?)-(?P<day>\d\d?)(?![\w-])")
NUMERIC = re.compile(
    rf"{BEGINS}(?P<day>\d\d?)(?P<sign>[./-]) ?(?P<month>\d\d?)(?P=sign) ?(?P<year>\d{{4}}|\d\d)"
    r"(?![\w/-]|[.,:]\d)"
)
DOTTED = re.compile(
    rf"{BEGINS}(?:(?P<from>\d\d?)\.{TO})?(?P<day>\d\d?)\. ?(?P<month>\d\d?)\.(?! ?\d| ?uhr|\w)"
)
SHORT = re.compile(rf"{BEGINS}(?P<day>\d\d?)(?P<sign>[./])(?P<month>\d\d?)(?![\w/]|[.,:]\d| uhr)")
SPOKEN = re.compile(rf"(?<![\w·])(?P<day>\d\d?)º (?P<month>\d\d?)º(?: {YEAR})?(?!\w)")
FULL_YEAR = 4
MONTH = ("monat", "monats", "month")


def days(said: Said) -> Iterator[Dated]:
    """Find days by number, the fullest forms first."""
    if not said.has_figures:
        return
    for pattern in (ISO, NUMERIC, DOTTED, SPOKEN):
        for match in pattern.finditer(said.plain):
            yield from _dated(match, said, int(match["month"]))
    yield from _short(said)
    yield from _named(said)
    yield from _of_which_month(said)
    yield from _by_day_alone(said)


def _short(said: Said) -> Iterator[Dated]:
    """Take "12.11" and "12/11" for a day only after a word for it, or alone."""
    for match in SHORT.finditer(said.plain):
        after_word = said.before(match.start()) in ("am", "vom", "zum", "on", "by", "since")
        if after_word or _is_all(match, said):
            yield from _dated(match, said, int(match["month"]))


def _is_all(match: "re.Match[str]", said: Said) -> bool:
    # "10/10" is praise, and "24/7" is always.
    is_saying = match["day"] == match["month"] or match[0] == "24/7"
    return stands_alone(said, match.span()) and not is_saying


def _named(said: Said) -> Iterator[Dated]:
    if not said.has_any(months()):
        return
    for match in _day_month().finditer(said.plain):
        if not _is_verb(match, said):
            yield from _dated(match, said, months()[match["month"]])
    for match in _month_day().finditer(said.plain):
        if match["nth"] or (said.language != "de" and _is_english(match["month"])):
            yield from _dated(match, said, months()[match["month"]])


def _is_verb(match: "re.Match[str]", said: Said) -> bool:
    # "All 5 may be broken" names no day.
    verb = ("be", "have", "not", "also", "need", "i", "we")
    return match["month"] == "may" and not match["nth"] and said.after(match.end()) in verb


def _is_english(month: str) -> bool:
    """Tell whether the name is not German alone; "Mai 3" is none of a day."""
    return month not in ("januar", "februar", "maerz", "mai", "juni", "juli", "oktober", "dezember")


def _dated(match: "re.Match[str]", said: Said, month: int) -> Iterator[Dated]:
    parts = match.groupdict()
    day = int(match["day"])
    if month > 12 and parts.get("sign") in ("/", "-"):
        day, month = month, day
    last = _day(day, month, parts.get("year"), said.today)
    if last is None:
        return
    first = _day(int(parts.get("from") or day), month, str(last.year), said.today) or last
    other = parts.get("to")
    last = (_day(int(other), month, str(last.year), said.today) or last) if other else last
    if not parts.get("year") and last > said.today and is_gone_by(said, match.start()):
        first, last = (shifted(day, "year", -1) for day in (first, last))
    if first <= last:
        yield Dated(match.span(), (first, last))


def _day(day: int, month: int, year: str | None, today: date) -> date | None:
    if not 1 <= month <= 12:
        return None
    if not year:
        return nearest(month, day, today)
    digits = year.replace("·", "")
    return day_of(int(digits if len(digits) == FULL_YEAR else f"20{digits}"), month, day)


def _of_which_month(said: Said) -> Iterator[Dated]:
    """Find "am 3. nächsten Monats" and "the 3rd of next month"."""
    if not said.has_any(MONTH):
        return
    for match in (*_day_of_which().finditer(said.plain), *_which_first().finditer(said.plain)):
        first, last = month_from(said.today, int(meaning("which", match["which"])))
        if int(match["day"]) <= last.day:
            yield on(match.span(), first.replace(day=int(match["day"])))


def _by_day_alone(said: Said) -> Iterator[Dated]:
    for match in _day_alone().finditer(said.plain):
        day = _in_nearby_month(int(match["day"]), match.start("whole"), said)
        if day and _is_day(match, said):
            yield on(match.span("whole"), day)


def _is_day(match: "re.Match[str]", said: Said) -> bool:
    """Tell "am 3. kommt es" from "am 3. Tag" and "am 31. Februar", and "the 3rd" from its floor."""
    if said.after(match.end()) in months():
        return False
    if match["weekday"] in words("german_day_before"):
        return said.after(match.end()) not in lexicon("positions")["never_before"]
    is_count = said.after(match.end()) in ("mal", "male")
    return not is_count and may_end_before(said, match.end())


def _in_nearby_month(day: int, place: int, said: Said) -> date | None:
    following = next_day_of_month(day, said.today)
    if following is None or not is_gone_by(said, place):
        return following
    first, last = month_from(said.today, 0 if day < said.today.day else -1)
    return first.replace(day=min(day, last.day))


@cache
def _day_month() -> "re.Pattern[str]":
    weekday = rf"(?:(?<!\w){weekday_pattern()},? (?:den |dem |der |the )?)?"
    before = rf"(?:(?P<from>\d\d?){NTH}?{TO})?"
    month = any_of(list(months()))
    return re.compile(
        rf"{weekday}{BEGINS}{before}(?P<day>\d\d?) ?(?P<nth>{NTH})? ?(?:of )?"
        rf"(?P<month>{month})(?!\w)\.?(?:,? {YEAR})?"
    )


@cache
def _month_day() -> "re.Pattern[str]":
    weekday = rf"(?:(?<!\w){weekday_pattern()},? (?:the )?)?"
    after = rf"(?:{TO}(?P<to>\d\d?){NTH}?(?!\w))?"
    month = any_of(list(months()))
    return re.compile(
        rf"(?<!\w){weekday}(?P<month>{month})\.? (?:the )?(?P<day>\d\d?)(?P<nth>º|st|nd|rd|th)?"
        rf"(?![\w·%€$£]|[.,:]\d){after}(?:,? {YEAR})?"
    )


@cache
def _day_of_which() -> "re.Pattern[str]":
    which = rf"(?P<which>{choice_of('which')}) {any_of(MONTH)}"
    return re.compile(rf"{BEGINS}(?P<day>\d\d?){NTH} (?:of |im |des )?(?:the )?{which}(?!\w)")


@cache
def _which_first() -> "re.Pattern[str]":
    which = rf"(?P<which>{choice_of('which')}) {any_of(MONTH)}"
    return re.compile(rf"(?<!\w){which},? (?:am |on the |the )(?P<day>\d\d?){NTH}(?!\w)")


@cache
def _day_alone() -> "re.Pattern[str]":
    before = any_of([*words("day_before"), rf"{weekday_pattern()},?(?: den| dem| der| the)?"])
    alone = r"(?!\w|\.?\d| \d\d?º)"
    return re.compile(rf"(?<!\w)(?P<weekday>{before}) (?P<whole>(?P<day>\d\d?){NTH}){alone}")
