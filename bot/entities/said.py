"""A text as it was written, and the plain form of it that the readers read."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from bot.entities.named import Named

TAKEN = "\0"
FIGURE = re.compile(r"\d")
WORD = re.compile(r"[^\W_]+")
LONGEST_WORD = 40


class Taken:
    """Which stretches are spoken for: the first to ask has them."""

    def __init__(self, length: int) -> None:
        self._places = bytearray(length)

    def take(self, start: int, end: int) -> bool:
        """Take a stretch, if all of it is free."""
        if self._places.find(1, start, end) >= 0:
            return False
        self._places[start:end] = b"\1" * (end - start)
        return True


@dataclass(frozen=True, slots=True)
class Said:
    """A text in plain form: lower case, ä as ae, one space, numbers in figures, letters spelled.

    Figures that were spoken one after the other are joined by "·", an ordinal ends in "º", a
    letter that is surely one is a capital. In `plain` is blank what a surer reader has taken;
    `whole` still has it.
    """

    text: str
    plain: str
    whole: str
    starts: Sequence[int]
    ends: Sequence[int]
    language: str | None
    today: date
    region: str

    @property
    def has_figures(self) -> bool:
        """Whether there is a number that nobody has taken."""
        return FIGURE.search(self.plain) is not None

    def has_any(self, words: Iterable[str]) -> bool:
        """Tell whether any of these words is said."""
        return not _words_of(self.whole).isdisjoint(words)

    def named(self, entity: str, span: tuple[int, int], value: str) -> Named:
        """Name what stands in this stretch of the plain form, by its place in the text."""
        return Named(entity, self.starts[span[0]], self.ends[span[1] - 1], value)

    def place_of(self, name: Named) -> int:
        """Return where in the plain form a name begins."""
        return bisect_left(self.starts, name.start)

    def written(self, span: tuple[int, int]) -> str:
        """Return the text that this stretch of the plain form stands for."""
        return self.text[self.starts[span[0]] : self.ends[span[1] - 1]]

    def without(self, names: Iterable[Named]) -> "Said":
        """Return the same with these blanked out, so that nobody reads them twice."""
        taken = bytearray(len(self.text))
        for name in names:
            taken[name.start : name.end] = b"\1" * (name.end - name.start)
        if not any(taken):
            return self
        plain = "".join(
            TAKEN if taken[start] else letter
            for letter, start in zip(self.plain, self.starts)  # noqa: B905 - not in Python 3.9
        )
        return replace(self, plain=plain)

    def before(self, place: int) -> str:
        """Return the word that ends right before this place, past a space or punctuation."""
        words = WORD.findall(self.whole[max(0, place - LONGEST_WORD) : place])
        return words[-1] if words else ""

    def after(self, place: int) -> str:
        """Return the word that begins at this place, or after one space; none past punctuation."""
        match = WORD.match(self.whole, place + self.whole.startswith((" ", "-"), place))
        return match[0] if match else ""


@lru_cache(maxsize=1)
def _words_of(whole: str) -> frozenset[str]:
    return frozenset(WORD.findall(whole))
