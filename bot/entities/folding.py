"""One way to write each letter: small, without umlauts, and one blank for several."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

FOLDED = {
    "ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss",
    "’": "'", "‘": "'", "–": "-", "—": "-", "‑": "-", "\0": " ",
    "·": " ", "º": " ", "\u00ad": "",
}  # fmt: skip
UNEVEN = re.compile(r"\s\s|[^\S ]|[^\x01-\x7f]")
"""What a text of the same length in small letters would not do for."""


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text, and for each letter of it where it begins and ends in the text."""

    plain: str
    starts: Sequence[int]
    ends: Sequence[int]


def folded(text: str) -> str:
    """Return a text in lower case and without umlauts."""
    return text.lower() if text.isascii() else "".join(map(_fold, text))


def fold_all(text: str) -> Folded:
    """Return a text folded, with one blank for several, and the way back."""
    if not UNEVEN.search(text):
        return Folded(text.lower(), range(len(text)), range(1, len(text) + 1))
    plain: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        small = " " if letter.isspace() else _fold(letter)
        if small != " " or plain[-1:] != [" "]:
            plain += small
            places += [place] * len(small)
    return Folded("".join(plain), places, [place + 1 for place in places])


@lru_cache(maxsize=1024)
def _fold(letter: str) -> str:
    lower = letter.lower()
    return FOLDED.get(lower, lower)
