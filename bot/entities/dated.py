"""What the readers of dates share."""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Any

from bot.entities.calendar import Stretch, weekdays
from bot.entities.lexicons import any_of, lexicon
from bot.entities.said import WORD, Said
from bot.entities.small import small_words

MOST_UNITS = 400
YEAR = r"(?P<year>(?:19|20)·?\d\d)(?![\w·%€$£]|[.,:/-]\d)"


@dataclass(frozen=True, slots=True)
class Dated:
    """A stretch of the plain form, and the days that it means."""

    span: tuple[int, int]
    days: Stretch

    @property
    def value(self) -> str:
        """The day, or the first and the last one, as ISO writes them."""
        first, last = (day.isoformat() for day in self.days)
        return first if first == last else f"{first}/{last}"


def on(span: tuple[int, int], day: date) -> Dated:
    """Return a single day."""
    return Dated(span, (day, day))


def words(key: str) -> Any:
    """Return a part of the lexicon of the calendar."""
    return lexicon("calendar")[key]


def meaning(key: str, word: str) -> str:
    """Return what a word of such a part stands for."""
    return str(next(value for value, several in words(key).items() if word in several))


@cache
def choice_of(key: str) -> str:
    """Return the part of a pattern that is any word of a part of the lexicon."""
    listed = words(key)
    several = listed.values() if isinstance(listed, dict) else [listed]
    return any_of([re.escape(word) for part in several for word in part])


@cache
def weekday_pattern() -> str:
    """Return the part of a pattern that is the full name of a weekday."""
    return any_of(list(weekdays()))


def are_said(said: Said, *keys: str) -> bool:
    """Tell whether any word that begins a phrase of these parts of the lexicon is said."""
    return any(said.has_any(_first_words(key)) for key in keys)


@cache
def _first_words(key: str) -> frozenset[str]:
    listed = words(key)
    several = listed.values() if isinstance(listed, dict) else [listed]
    return frozenset(WORD.findall(part)[0] for group in several for part in group)


def count_of(word: str) -> int:
    """Return how many "a", "einer" or "3" are."""
    return int(word) if word.isdigit() else 1


def is_gone_by(said: Said) -> bool:
    """Tell whether the message is of the past, and of nothing to come."""
    return _is_gone_by(said.whole)


@lru_cache(maxsize=1)
def _is_gone_by(whole: str) -> bool:
    said = set(WORD.findall(whole))
    return bool(said & set(words("gone_by"))) and not said & set(words("to_come"))


def may_end_before(said: Said, place: int) -> bool:
    """Tell whether a date may end here: at the end, or before a word that adds nothing."""
    after = said.after(place)
    others = lexicon("orders")["after"], words("gone_by"), words("to_come")
    return not after or after in small_words() or any(after in several for several in others)
