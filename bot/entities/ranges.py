"""Stretches between two times: "zwischen zehn und halb zwölf"."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from bot.entities.clock import BEGINS, ENDS, Moment, may_end, part_of_day
from bot.entities.hours import Clock, clock_of, one_clock
from bot.entities.lexicons import lexicon
from bot.entities.said import Said

OPENING = r"(?:(?<!\w)(?P<from>zwischen|between|von|from) )"
UNTIL = r"(?: (?P<until>bis|und|and|to|until|till) | ?- ?)"
BETWEEN = ("zwischen", "between")
FARTHEST = 40


def between(said: Said) -> Iterator[Moment]:
    """Find two hours in figures, from one to the other."""
    for match in _two_clocks().finditer(said.plain):
        first, last = clock_of(match, "1", said), clock_of(match, "2", said)
        value = _stretch(first, last, part_of_day(said.whole))
        if value and _is_stretch(match, first, last, said):
            yield Moment(match.span(), value)


def _is_stretch(match: "re.Match[str]", first: Clock, last: Clock, said: Said) -> bool:
    if match["until"] in ("und", "and") and match["from"] not in ("zwischen", "between"):
        return False
    if last.is_marked or first.is_marked:
        return True
    return bool(match["from"]) and may_end(said, match.end())


def _stretch(first: Clock, last: Clock, part: str | None) -> str | None:
    end, start = last.time(part), first.time(part)
    if last.mark in ("am", "pm") and not first.is_marked:
        # "From 2 to 4 pm" is pm twice; "from 10 to 2 pm" is not.
        start = _earlier(first.time(last.mark), end) or start
    if start is None or end is None:
        return None
    return _from_to(start, end)


def _from_to(start: str, end: str) -> str | None:
    if end <= start and int(end[:2]) < 12:
        end = f"{int(end[:2]) + 12}{end[2:]}"
    return f"{start}/{end}" if start < end else None


def _earlier(start: str | None, end: str | None) -> str | None:
    return start if start and end and start < end else None


def widened(moment: Moment, said: Said) -> Moment:
    """Return a time with the bare hour that it is the other end of: "von zehn" bis halb zwölf."""
    start, end = moment.span
    before = _clock_before().search(said.plain, max(0, start - FARTHEST), start)
    if before and _is_whole(before, said) and _is_joint(before["from"], before["until"]):
        first = clock_of(before, "1", said).time(part_of_day(said.whole))
        value = _from_to(first, moment.value) if first else None
        return Moment((before.start(), end), value) if value else moment
    opening = said.before(start)
    after = _clock_after().match(said.plain, end)
    if after and _is_joint(opening, after["until"]) and may_end(said, after.end()):
        last = clock_of(after, "2", said).time(part_of_day(said.whole))
        value = _from_to(moment.value, last) if last else None
        return Moment((start, after.end()), value) if value else moment
    return moment


def joined(moments: Sequence[Moment], said: Said) -> list[Moment]:
    """Return the moments in their order, those from one to another as one."""
    found: list[Moment] = []
    for moment in sorted(moments, key=lambda one: one.span):
        value = _joint_value(found[-1], moment, said) if found else None
        if value:
            found[-1] = Moment((found[-1].span[0], moment.span[1]), value)
        else:
            found.append(moment)
    return found


def _joint_value(first: Moment, last: Moment, said: Said) -> str | None:
    """Tell "from 9 am until noon" from two times, and return both as one."""
    until = _until().fullmatch(said.plain, first.span[1], last.span[0])
    if until is None or "/" in first.value + last.value:
        return None
    opening = said.before(first.span[0])
    if until["until"] in ("und", "and") and opening not in BETWEEN:
        return None
    return _from_to(first.value, last.value)


def _is_whole(match: "re.Match[str]", said: Said) -> bool:
    """Tell "zehn bis" from the end of "halb zehn bis"."""
    return said.before(match.start()) not in lexicon("clock")["within"]


def _is_joint(opening: str, until: str | None) -> bool:
    if until in ("und", "and"):
        return opening in BETWEEN
    return opening in (*BETWEEN, "von", "from") or until == "bis"


@cache
def _until() -> "re.Pattern[str]":
    return re.compile(rf"{UNTIL}(?:um |at )?")


@cache
def _clock_before() -> "re.Pattern[str]":
    return re.compile(f"{OPENING}?{BEGINS}{one_clock('1')}{UNTIL}$")


@cache
def _clock_after() -> "re.Pattern[str]":
    return re.compile(f"{UNTIL}{one_clock('2')}{ENDS}")


@cache
def _two_clocks() -> "re.Pattern[str]":
    return re.compile(f"{OPENING}?{BEGINS}{one_clock('1')}{UNTIL}{one_clock('2')}{ENDS}")
