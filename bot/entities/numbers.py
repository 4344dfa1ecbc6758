"""Numbers in words, German and English."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from bot.entities.lexicons import lexicon

LONGEST_WORD = 60
ONE = ("a", "one", "ein")
"""They count hundreds and thousands; alone they are mostly articles."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number that was said in so many words."""

    value: int
    words: int
    ordinal: bool = False


def number_in(words: Sequence[str]) -> Number | None:
    """Return the number that these words begin with; each digit of a row is a number of its own."""
    number = _small(words)
    if number is None:
        return None
    for scale in (100, 1000):
        number = _scaled(words, number, scale)
    return number


@lru_cache(maxsize=4096)
def cardinal(word: str) -> int | None:
    """Return the value of one number word; "ein" and "a" have none."""
    if len(word) > LONGEST_WORD:
        return None
    found = _english().get(word)
    return _german(word) if found is None else found


def is_german(word: str) -> bool:
    """Tell whether this is a German number word."""
    return len(word) <= LONGEST_WORD and _german(word) is not None


@lru_cache(maxsize=4096)
def ordinal(word: str) -> int | None:
    """Return the value of one ordinal, like "zwölften" or "twelfth"."""
    if word in _english_ordinals():
        return _english_ordinals()[word]
    if word.endswith("th"):
        return _english().get(word[:-2]) or _english().get(word.removesuffix("ieth") + "y")
    stem, ending, rest = word.rpartition("te")
    if not ending or rest not in ("", "n", "r", "s", "m"):
        return None
    return _german_stems().get(stem) or _german(stem) or _german(stem.removesuffix("s"))


def _small(words: Sequence[str]) -> Number | None:
    first, second, third = (*words[:3], "", "", "")[:3]
    if first in ONE and second in _scales(100) | _scales(1000):
        return Number(1, 1)
    if second == "und" and third in _tens("german") and 0 < (cardinal(first) or 0) < 10:
        return Number((cardinal(first) or 0) + _tens("german")[third], 3)
    value = cardinal(first)
    if value is None:
        place = ordinal(first)
        return Number(place, 1, ordinal=True) if place else None
    unit = _english_unit(second) if first in _tens("english") else None
    return Number(value + unit.value, 2, unit.ordinal) if unit else Number(value, 1)


def _english_unit(word: str) -> Number | None:
    value = _english().get(word)
    place = _english_ordinals().get(word) or (ordinal(word) if word.endswith("th") else None)
    if not 0 < (value or place or 0) < 10:
        return None
    return Number(value or place or 0, 1, ordinal=value is None)


def _scaled(words: Sequence[str], number: Number, scale: int) -> Number:
    """Return the number times a hundred or thousand, if that follows, with what comes after."""
    ahead = words[number.words] if number.words < len(words) else ""
    if number.ordinal:
        return number
    if ahead in _scales(scale) and 0 < number.value < 1000:
        return _with_rest(words, Number(number.value * scale, number.words + 1), scale)
    if words[number.words - 1].endswith(lexicon("numbers")["german"][_NAMES[scale]]):
        return _with_rest(words, number, scale)
    return number


def _with_rest(words: Sequence[str], number: Number, scale: int) -> Number:
    joint = words[number.words : number.words + 1] in (["and"], ["und"])
    rest = number_in(words[number.words + joint :])
    if rest is None or not 0 < rest.value < scale:
        return number
    return Number(number.value + rest.value, number.words + joint + rest.words, rest.ordinal)


def _german(word: str) -> int | None:
    """Take a compound apart: "dreihundertzweiundneunzig"."""
    if word in _german_below_hundred():
        return _german_below_hundred()[word]
    if len(word) > LONGEST_WORD:
        return None
    for scale in (1000, 100):
        times, found, rest = word.partition(lexicon("numbers")["german"][_NAMES[scale]])
        if found:
            return _compound(times, rest, scale)
    return None


def _compound(times: str, rest: str, scale: int) -> int | None:
    factor = 1 if times in ("", "ein") else _german(times)
    added = _german(rest.removeprefix("und")) if rest else 0
    return None if factor is None or added is None else factor * scale + added


_NAMES = {100: "hundred", 1000: "thousand"}


@cache
def _scales(scale: int) -> frozenset[str]:
    words = lexicon("numbers")
    return frozenset({words["english"][_NAMES[scale]], words["german"][_NAMES[scale]]})


@cache
def _tens(language: str) -> dict[str, int]:
    return _values(lexicon("numbers")[language]["tens"])


@cache
def _english() -> dict[str, int]:
    return _values(lexicon("numbers")["english"]["below_twenty"]) | _tens("english")


@cache
def _english_ordinals() -> dict[str, int]:
    return _values(lexicon("numbers")["english"]["ordinals"])


@cache
def _german_stems() -> dict[str, int]:
    return _values(lexicon("numbers")["german"]["stems"])


@cache
def _german_below_hundred() -> dict[str, int]:
    words = lexicon("numbers")["german"]
    below_twenty = _values(words["below_twenty"])
    units = {word: value for word, value in below_twenty.items() if 1 < value < 10}
    units[words["inner_one"]] = 1
    compounds = {
        f"{unit}{words['and']}{tens}": value + ten
        for unit, value in units.items()
        for tens, ten in _tens("german").items()
    }
    return below_twenty | _tens("german") | compounds


def _values(words: Mapping[str, Any]) -> dict[str, int]:
    return {word: int(value) for value, several in words.items() for word in several}
