"""Rows of figures, as they are typed in groups or spoken one by one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.entities.said import Said

ROW = re.compile(r"(?<![\w#·-])(?<!\d[.,])(?:\+ ?)?\(?\d(?:[ ·/().-]{0,3}\d)*(?![\w·%€$£])")
BESIDE = 24


@dataclass(frozen=True, slots=True)
class Row:
    """Figures that stand together."""

    span: tuple[int, int]
    text: str

    @property
    def digits(self) -> str:
        """All of its digits, closed up."""
        return re.sub(r"\D", "", self.text)

    @property
    def groups(self) -> list[int]:
        """How many digits stand together each time."""
        return [len(group) for group in re.findall(r"\d+", self.text)]

    @property
    def is_spoken(self) -> bool:
        """Whether it was heard, or typed, figure by figure."""
        return "·" in self.text and re.fullmatch(r"[\d·]+", self.text) is not None


def rows_in(said: Said) -> Iterator[Row]:
    """Return the longest rows that there are."""
    for match in ROW.finditer(said.plain):
        yield Row(match.span(), match[0])


def words_before(place: int, said: Said) -> list[str]:
    """Return the few words before a row, for what it may be the number of."""
    return re.findall(r"[a-z]+", said.plain[max(0, place - BESIDE) : place])
