"""The plain form of a text: one way to write what can be written and spoken in several."""

import re
from collections.abc import Iterator
from datetime import date
from itertools import islice

from bot.entities.folding import Folded, fold_all
from bot.entities.pieces import STAYS, Piece, Word, piece_at
from bot.entities.said import Said

MOST_FIGURES = 60
FIGURES = re.compile(r"\d+(?:·\d+)*")
TOKEN = re.compile(r"\d+|[^\W\d_]+(?:'[^\W\d_]+)?")


def hear(text: str, *, language: str | None, today: date, region: str) -> Said:
    """Return a text in its plain form, with the way back to what was written.

    Nobody names more than sixty numbers in a message: what follows them is not read.
    """
    letters = fold_all(text)
    words = list(_words(_up_to_most(letters.plain)))
    form = _Form(letters)
    place, last = 0, STAYS
    while place < len(words):
        piece = piece_at(words, place, last)
        if piece is not STAYS:
            form.add(words[place], words[place + piece.words - 1], piece, last)
        place, last = place + piece.words, piece
    plain = _up_to_most(form.finish())
    return Said(text, plain, plain, form.starts, form.ends, language, today, region)


def _up_to_most(plain: str) -> str:
    last = next(islice(FIGURES.finditer(plain), MOST_FIGURES - 1, None), None)
    return plain[: last.end()] if last else plain


def _words(plain: str) -> Iterator[Word]:
    end = -1
    for match in TOKEN.finditer(plain):
        start = match.start()
        follows = start == end or (start == end + 1 and plain[end] in " -")
        end = match.end()
        yield Word(match[0], start, end, follows)


class _Form:
    """Writes the plain form and notes for each of its letters where it comes from."""

    def __init__(self, letters: Folded) -> None:
        self._letters = letters
        self._place = 0
        self._plain: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []

    def add(self, first: Word, last: Word, piece: Piece, before: Piece) -> None:
        """Write a piece, after all that stays as it is since the last one."""
        if before.joins and piece.joins and first.follows:
            between = self._letters.plain[first.start - 1] in " -"
            self._copy(first.start - between)
            self._put("·", first.start - between, first.start)
        if piece.text is not None:
            self._copy(first.start)
            self._put(piece.text, first.start, last.end)

    def finish(self) -> str:
        """Write what is left, and return all of it."""
        self._copy(len(self._letters.plain))
        return "".join(self._plain)

    def _copy(self, end: int) -> None:
        if end > self._place:
            self._plain.append(self._letters.plain[self._place : end])
            self.starts += self._letters.starts[self._place : end]
            self.ends += self._letters.ends[self._place : end]
            self._place = end

    def _put(self, plain: str, start: int, end: int) -> None:
        self._plain.append(plain)
        self.starts += [self._letters.starts[start]] * len(plain)
        self.ends += [self._letters.ends[end - 1]] * len(plain)
        self._place = end
