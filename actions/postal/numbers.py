"""Numbers that were spoken, as the digits that an address has."""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby, takewhile

from actions.postal.words import lexicon, plain

POSTCODES = (5, 4)
"""How many digits a postcode has, the likelier first."""


def with_digits(text: str, *, postcodes: Sequence[int] = POSTCODES) -> str:
    """Return the text with number words as digits, and a postcode said digit by digit as one."""
    runs = groupby(_figures(text.split()), key=str.isdigit)
    return " ".join(
        " ".join(_joined(list(run), postcodes) if numbers else list(run)) for numbers, run in runs
    )


def _figures(words: Sequence[str]) -> Iterator[str]:
    place = 0
    while place < len(words):
        figure, used = _figure(words[place : place + 2])
        yield figure
        place += used


def _figure(words: Sequence[str]) -> tuple[str, int]:
    """Return what the first word is as a figure, and how many words that took."""
    value = _values().get(plain(words[0]))
    if value is None:
        return words[0], 1
    unit = _values().get(plain(words[-1]), 0)
    if plain(words[0]) in _english_tens() and 0 < unit < 10:
        return f"{value + unit}{_punctuation(words[-1])}", len(words)
    return f"{value}{_punctuation(words[0])}", 1


def _punctuation(word: str) -> str:
    return word[len(word.rstrip(",.;")) :]


def _joined(run: Sequence[str], postcodes: Sequence[int]) -> Sequence[str]:
    """Take the last digits of a row for a postcode, unless one of its numbers is one already."""
    digits = "".join(run)
    if len(run) == 1 or any(len(number) in postcodes for number in run):
        return run
    alone = len(list(takewhile(lambda number: len(number) == 1, reversed(run))))
    lengths = (alone, *postcodes) if alone in postcodes and alone < len(run) else postcodes
    length = next((length for length in lengths if len(digits) >= length), len(digits))
    return [part for part in (digits[:-length], digits[-length:]) if part]


@cache
def _values() -> dict[str, int]:
    said = lexicon()["numbers"]
    values = dict(said["other"])
    for language in ("german", "english"):
        small = f"{said[f'{language}_units']} {said[f'{language}_teens']}".split()
        values |= {word: value for value, word in enumerate(small)}
        tens = said[f"{language}_tens"].split()
        for value, ten in enumerate(tens, start=2):
            values[ten] = value * 10
            for unit, word in enumerate(small[1:10], start=1):
                compound = f"{ten}-{word}" if language == "english" else _german(word, ten)
                values[compound] = value * 10 + unit
    return {plain(word): value for word, value in values.items()}


def _german(unit: str, ten: str) -> str:
    return f"{'ein' if unit == 'eins' else unit}und{ten}"


@cache
def _english_tens() -> frozenset[str]:
    return frozenset(lexicon()["numbers"]["english_tens"].split())
