"""Hours as people name them, and what they mean on a clock of twenty-four."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from bot.entities.calendar import weekdays
from bot.entities.lexicons import any_of, lexicon
from bot.entities.said import Said
from bot.entities.small import small_words

MIDNIGHT = 24
BEGINS = r"(?<![\w.,:/·$€£-])"
ENDS = r"(?![\w·%€$£]|[.,:/]\d|º)"
ONES = ("one", "ein", "eins")


@dataclass(frozen=True, slots=True)
class Moment:
    """A stretch of the plain form, and the time or times that it means."""

    span: tuple[int, int]
    value: str


def time_of(hour: int, minute: int, part: str | None, *, exact: bool = False) -> str | None:
    """Return the time, or None where no clock shows it; an exact hour is taken as it is."""
    if hour > MIDNIGHT or minute > 59:
        return None
    meant = hour if exact or hour > 12 else _hour_meant(hour, part)
    return f"{meant % MIDNIGHT:02}:{minute:02}"


def _hour_meant(hour: int, part: str | None) -> int:
    """Return the hour in that part of the day; without one, nobody is called at one to six."""
    match part:
        case "am":
            return hour % 12
        case "pm" | "afternoon":
            return hour % 12 + 12
        case "morning":
            return hour
        case "evening":
            return hour + 12 if 4 <= hour < 12 else hour % 12
        case "night":
            return hour + 12 if 7 <= hour < 12 else hour % 12
        case _:
            return hour + 12 if 1 <= hour <= 6 else hour


@lru_cache(maxsize=1)
def part_of_day(whole: str) -> str | None:
    """Return the one part of the day that a message names, apart from its greeting."""
    said = _greetings().sub("", whole)
    named = {part for part, pattern in _parts().items() if pattern.search(said)}
    return named.pop() if len(named) == 1 else None


def may_end(said: Said, place: int) -> bool:
    """Tell whether a time may end here: "at 10 Downing Street" names none."""
    after = said.after(place)
    words = lexicon("clock")
    parts = words["parts_of_day"].values()
    others = lexicon("orders")["after"], words["after"], weekdays(), *parts
    return not after or after in small_words() or any(after in several for several in others)


@cache
def _greetings() -> "re.Pattern[str]":
    return re.compile(any_of(lexicon("clock")["greetings"]))


@cache
def _parts() -> dict[str, "re.Pattern[str]"]:
    parts = lexicon("clock")["parts_of_day"]
    return {part: re.compile(rf"{any_of(names)}(?!\w)") for part, names in parts.items()}
