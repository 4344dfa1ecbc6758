"""What the readers of dates share."""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from bot.entities.calendar import Stretch, weekdays
from bot.entities.lexicons import any_of, lexicon
from bot.entities.said import WORD, Said
from bot.entities.small import small_words

MOST_UNITS = 400
LONGEST_CLAUSE = 120
CLAUSE_END = re.compile(r"[;!?]|(?<!\d)\.|,(?!\d)")
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


def is_gone_by(said: Said, place: int) -> bool:
    """Tell whether what is said around this place is of the past: "seit", "bestellt", "bought"."""
    if said.before(place) in words("since"):
        return True
    start, end = _clause(said.whole, place)
    verbs = [match for match in _verbs().finditer(said.whole, start, end) if _is_verb(match, said)]
    nearest = min(verbs, key=lambda verb: abs(verb.start() - place), default=None)
    return nearest is not None and nearest["past"] is not None


def _is_verb(match: "re.Match[str]", said: Said) -> bool:
    """Tell the English "was" from the German one."""
    return said.language == "en" or match[0] not in words("only_english")


def _clause(whole: str, place: int) -> tuple[int, int]:
    start, end = max(0, place - LONGEST_CLAUSE), place + LONGEST_CLAUSE
    ends = [match.start() for match in CLAUSE_END.finditer(whole, start, end)]
    before = [stop for stop in ends if stop < place]
    after = [stop for stop in ends if stop > place]
    return (before[-1] if before else start), (after[0] if after else end)


@cache
def _verbs() -> "re.Pattern[str]":
    past, coming = choice_of("gone_by"), choice_of("to_come")
    perfect = rf"{choice_of('have')} [^.,;!?]{{1,60}}? {choice_of('with_have')}"
    return re.compile(rf"(?<!\w)(?:(?P<past>{past}(?! werden)|{perfect})|{coming})(?!\w)")


def may_end_before(said: Said, place: int) -> bool:
    """Tell whether a date may end here: at the end, or before a word that adds nothing."""
    after = said.after(place)
    others = lexicon("orders")["after"], words("gone_by"), words("to_come")
    return not after or after in small_words() or any(after in several for several in others)
