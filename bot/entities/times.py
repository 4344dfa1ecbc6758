"""Times of the day, and stretches between two of them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from bot.entities.calendar import weekdays
from bot.entities.clock import BEGINS, ENDS, ONES, may_end, part_of_day, time_of
from bot.entities.fractions import fractions
from bot.entities.lexicons import any_of, lexicon
from bot.entities.named import Named
from bot.entities.said import WORD, Said, Taken
from bot.entities.small import stands_alone


@dataclass(frozen=True, slots=True)
class Clock:
    """An hour as it was written or said."""

    hour: str
    minute: str | None
    mark: str | None
    """What stands behind it or before the minutes: "uhr", "am", "pm", "o'clock", ":"."""

    @property
    def is_marked(self) -> bool:
        """Whether it cannot be but a time."""
        return self.mark is not None

    def time(self, part: str | None) -> str | None:
        """Return the time that is meant in this part of the day."""
        half = (self.mark or "").replace(".", "")
        hour = 1 if self.hour in ONES else int(self.hour)
        exact = self.hour.startswith("0") and self.minute is not None
        part = half if half in ("am", "pm") else part
        return time_of(hour, int(self.minute or 0), part, exact=exact)


def times(said: Said) -> Iterator[Named]:
    """Find times; of what may be several hours, the one at which shops are open."""
    taken = Taken(len(said.text))
    found = [name for name in _readings(said) if taken.take(name.start, name.end)]
    joined: list[Named] = []
    for name in sorted(found, key=lambda one: one.start):
        if joined and _go_together(joined[-1], name, said):
            joined[-1] = _from_to(joined[-1], name)
        else:
            joined.append(name)
    yield from joined


def _readings(said: Said) -> Iterator[Named]:
    if said.has_figures or said.has_any(ONES):
        yield from _between(said)
        yield from fractions(said)
        yield from _clocks(said)
    for match in _named().finditer(said.plain):
        names = lexicon("clock")["named"].items()
        value = next(time for time, words in names if match["name"] in words)
        yield said.named("time", match.span(), value)


def _go_together(first: Named, last: Named, said: Said) -> bool:
    """Tell "from 9 am until noon" from two times: both are one, and in their order."""
    gap = said.text[first.end : last.start].strip().lower()
    in_order = "/" not in first.value + last.value and first.value < last.value
    return in_order and gap in ("bis", "to", "until", "till", "-", "–")


def _from_to(first: Named, last: Named) -> Named:
    return Named("time", first.start, last.end, f"{first.value}/{last.value}")


def _clocks(said: Said) -> Iterator[Named]:
    for match in _clock_pattern().finditer(said.plain):
        clock = _clock(match, "", said)
        value = clock.time(part_of_day(said.whole))
        if value and (clock.is_marked or _is_asked(match, said)):
            yield said.named("time", match.span("clock"), value)


def _is_asked(match: "re.Match[str]", said: Said) -> bool:
    """Tell whether a bare number is an hour, by the word before it and how it goes on."""
    before = match["before"]
    if not before or not may_end(said, match.end()):
        return False
    if before in lexicon("clock")["surely_before"] or stands_alone(said, match.span()):
        return True
    return _speaks_of_time(said.whole)


@lru_cache(maxsize=1)
def _speaks_of_time(whole: str) -> bool:
    context = lexicon("clock")["context"]
    return any(word[0] in context for word in WORD.finditer(whole))


def _between(said: Said) -> Iterator[Named]:
    for match in _between_pattern().finditer(said.plain):
        first, last = _clock(match, "1", said), _clock(match, "2", said)
        value = _stretch(first, last, part_of_day(said.whole))
        if value and _is_stretch(match, first, last, said):
            yield said.named("time", match.span(), value)


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
    if end <= start and int(end[:2]) < 12:
        end = f"{int(end[:2]) + 12}{end[2:]}"
    return f"{start}/{end}" if start < end else None


def _earlier(start: str | None, end: str | None) -> str | None:
    return start if start and end and start < end else None


def _clock(match: "re.Match[str]", number: str, said: Said) -> Clock:
    mark = match[f"mark{number}"]
    if mark == "am" and not _is_forenoon(match, number, said):
        mark = None
    joint = (match[f"joint{number}"] or "").strip(".· ") or None
    return Clock(match[f"hour{number}"], match[f"minute{number}"], mark or joint)


def _is_forenoon(match: "re.Match[str]", number: str, said: Said) -> bool:
    """Tell "3 am" from the German "um 3 am Montag"."""
    place = match.start(f"mark{number}")
    if said.plain[place - 1] != " ":
        return True
    return said.language != "de" and said.after(match.end(f"mark{number}")) not in weekdays()


@cache
def _clock_pattern() -> "re.Pattern[str]":
    before = rf"(?:(?<!\w)(?P<before>{any_of(lexicon('clock')['before'])}) )?"
    return re.compile(rf"{before}{BEGINS}(?P<clock>{_one_clock('')}){ENDS}")


@cache
def _between_pattern() -> "re.Pattern[str]":
    opening = r"(?:(?<!\w)(?P<from>zwischen|between|von|from) )?"
    until = r"(?: (?P<until>bis|und|and|to|until|till) | ?- ?)"
    return re.compile(f"{opening}{BEGINS}{_one_clock('1')}{until}{_one_clock('2')}{ENDS}")


def _one_clock(number: str) -> str:
    hour = rf"(?P<hour{number}>\d\d?|one|eins?)"
    mark = rf"(?: ?(?P<mark{number}>uhr|h|o'clock|oclock|o clock|[ap]m|[ap]\.m\.?)(?!\w))"
    minute = rf"(?:(?P<joint{number}>[:.·]| uhr | o'clock )(?P<minute{number}>\d\d)(?!\d))"
    return rf"(?:{hour}{minute}?{mark}?)"


@cache
def _named() -> "re.Pattern[str]":
    names = [word for words in lexicon("clock")["named"].values() for word in words]
    return re.compile(rf"(?<!\w)(?P<name>{any_of(names)})(?!\w)")
