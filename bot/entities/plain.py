"""The plain form of a text: one way to write what can be written and spoken in several."""

import re
from collections.abc import Iterator
from datetime import date

from bot.entities.folding import fold, folded
from bot.entities.pieces import STAYS, Piece, Word, piece_at
from bot.entities.said import Said

TOKEN = re.compile(r"\d+|[^\W\d_]+(?:['’][^\W\d_]+)?")


def hear(text: str, *, language: str | None, today: date, region: str) -> Said:
    """Return a text in its plain form, with the way back to what was written."""
    words = list(_words(text))
    form = _Form(text)
    place, last = 0, STAYS
    while place < len(words):
        piece = piece_at(words, place, last)
        form.add(words[place], words[place + piece.words - 1], piece, last)
        place, last = place + piece.words, piece
    form.finish()
    plain = "".join(form.plain)
    return Said(text, plain, plain, form.starts, form.ends, language, today, region)


class _Form:
    """Writes the plain form and notes for each of its letters where it comes from."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._place = 0
        self.plain: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []

    def add(self, first: Word, last: Word, piece: Piece, before: Piece) -> None:
        if before.joins and piece.joins and first.follows:
            self._put("·", self._place, first.start)
        else:
            self._copy(first.start)
        if piece.text is None:
            self._copy(last.end)
        else:
            self._put(piece.text, first.start, last.end)

    def finish(self) -> None:
        self._copy(len(self._text))

    def _copy(self, end: int) -> None:
        for place in range(self._place, end):
            letter = self._text[place]
            if not letter.isspace():
                self._put(fold(letter), place, place + 1)
            elif self.plain[-1:] != [" "]:
                self._put(" ", place, place + 1)
        self._place = end

    def _put(self, plain: str, start: int, end: int) -> None:
        self.plain.extend(plain)
        self.starts.extend([start] * len(plain))
        self.ends.extend([end] * len(plain))
        self._place = end


def _words(text: str) -> Iterator[Word]:
    end = 0
    for match in TOKEN.finditer(text):
        between = text[end : match.start()]
        follows = end > 0 and (between.isspace() or between == "-" or between == "")
        end = match.end()
        yield Word(folded(match[0]), match.start(), end, follows)
