"""Digits in what somebody typed, keyed or said."""

import re
from itertools import groupby

_DIGITS = {
    "null": "0", "zero": "0", "oh": "0", "o": "0",
    "eins": "1", "ein": "1", "one": "1",
    "zwei": "2", "zwo": "2", "two": "2",
    "drei": "3", "three": "3",
    "vier": "4", "four": "4",
    "fünf": "5", "fuenf": "5", "five": "5",
    "sechs": "6", "six": "6",
    "sieben": "7", "seven": "7",
    "acht": "8", "eight": "8",
    "neun": "9", "nine": "9",
}  # fmt: skip
_SHORTEST_RUN = 3
_BETWEEN = re.compile(r"(?<=\d)[\s.,/–-]+(?=\d)")


def with_digits(text: str) -> str:
    """Return the text with spelled digits as figures, and groups of figures closed up.

    A few digit words alone are left as words: "ein" and "one" are seldom figures.
    """
    runs = groupby(text.split(), key=lambda word: _digit(word) is not None)
    words = (_spelled(list(run)) if spelled else " ".join(run) for spelled, run in runs)
    return _BETWEEN.sub("", " ".join(words))


def sounds_like_code(text: str, *, digits: int) -> bool:
    """Return whether there is a number of about so many digits, one more or less misheard."""
    numbers = re.findall(r"\d+", with_digits(text))
    return any(abs(len(number) - digits) <= 1 for number in numbers)


def code_in(text: str, *, digits: int) -> str | None:
    """Return the one number of exactly so many digits, however it is spaced or spelled."""
    found = re.findall(rf"(?<!\d)\d{{{digits}}}(?!\d)", with_digits(text))
    return found[0] if len(found) == 1 else None


def _digit(word: str) -> str | None:
    return _DIGITS.get(word.strip(".,").lower())


def _spelled(run: list[str]) -> str:
    if len(run) < _SHORTEST_RUN:
        return " ".join(run)
    return "".join(_digit(word) or "" for word in run)
