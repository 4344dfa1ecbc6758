"""Times of the day, and stretches between two of them."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from bot.entities.clock import BEGINS, ENDS, ONES, Moment, may_end, part_of_day
from bot.entities.fractions import fractions
from bot.entities.hours import clock_of, one_clock
from bot.entities.lexicons import any_of, lexicon
from bot.entities.named import Named
from bot.entities.ranges import between, joined, widened
from bot.entities.said import WORD, Said, Taken
from bot.entities.small import stands_alone


def times(said: Said) -> Iterator[Named]:
    """Find times; of what may be several hours, the one at which shops are open."""
    taken = Taken(len(said.plain))
    found = [moment for moment in _readings(said) if taken.take(*moment.span)]
    for moment in joined(found, said):
        yield said.named("time", moment.span, moment.value)


def _readings(said: Said) -> Iterator[Moment]:
    if said.has_figures or said.has_any(ONES):
        yield from between(said)
        yield from (widened(moment, said) for moment in fractions(said))
        yield from _clocks(said)
    for match in _named().finditer(said.plain):
        names = lexicon("clock")["named"].items()
        value = next(time for time, words in names if match["name"] in words)
        yield Moment(match.span(), value)


def _clocks(said: Said) -> Iterator[Moment]:
    for match in _clock_pattern().finditer(said.plain):
        clock = clock_of(match, "", said)
        value = clock.time(part_of_day(said.whole))
        if value and (clock.is_marked or _is_asked(match, said)):
            yield Moment(match.span("clock"), value)


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


@cache
def _clock_pattern() -> "re.Pattern[str]":
    before = rf"(?:(?<!\w)(?P<before>{any_of(lexicon('clock')['before'])}) )?"
    return re.compile(rf"{before}{BEGINS}(?P<clock>{one_clock('')}){ENDS}")


@cache
def _named() -> "re.Pattern[str]":
    names = [word for words in lexicon("clock")["named"].values() for word in words]
    return re.compile(rf"(?<!\w)(?P<name>{any_of(names)})(?!\w)")
