"""A wish as words with their places, so that what was understood of it can be taken out."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import Final, Self

from crm_store.catalogue.vocabulary import folded
from crm_store.suggestions.filter_words import Phrases, currencies, filter_words

TAKEN: Final = "\0"
_NUMBER = r"\d{1,9}(?:[.,]\d{1,3})*"
_BREAK = re.compile(r"[,.;:!?()]")
_STRAY = re.compile(r"\s*[,;]?\s*([,;.!?])(?=\s|$)")
_HYPHEN = re.compile(r"\s*[-–—]\s*")
_END_OF_RANGE = r"(?=\s*(?:-|–|—|\b(?:bis|und|to|and)\b)\s*(?:{sum}))"


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum of money, and its currency if it was said with it."""

    value: Decimal
    currency: str | None


@dataclass(frozen=True, slots=True)
class Sentence:
    """The words of a text, folded; a sum of money is one word."""

    text: str
    words: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    sums: Mapping[int, Sum]
    breaks: frozenset[int]
    """The words that begin after a comma or full stop."""
    whole: bool = True
    """Whether nothing has been taken out."""

    @classmethod
    def of(cls, text: str) -> Self:
        """Return a text's words. Sums count in figures, with a currency."""
        text = unicodedata.normalize("NFC", text)
        found = list(_word().finditer(text))
        ends = [0, *(match.end() for match in found)]
        between = [text[end : match.start()] for end, match in zip(ends, found, strict=False)]
        return cls(
            text,
            tuple(TAKEN if _sum_in(match) else folded(match[0]) for match in found),
            tuple(match.span() for match in found),
            {place: said for place, match in enumerate(found) if (said := _sum_in(match))},
            frozenset(place for place, gap in enumerate(between) if _BREAK.search(gap)),
        )

    def without(self, taken: Iterable[int]) -> "Sentence":
        """Return it as if the words at these places had not been said."""
        gone = set(taken)
        words = (TAKEN if place in gone else word for place, word in enumerate(self.words))
        sums = {place: said for place, said in self.sums.items() if place not in gone}
        text = list(self.text)
        for place in gone:
            start, end = self.spans[place]
            # What stands between two words that go is lost with them.
            end = self.spans[place + 1][0] if place + 1 in gone else end
            text[start:end] = " " * (end - start)
        left = "".join(text)
        whole = self.whole and not gone
        return replace(self, text=left, words=tuple(words), sums=sums, whole=whole)

    @property
    def rest(self) -> str:
        """What is left of the text."""
        left = " ".join(self.text.split())
        return left if self.whole else _STRAY.sub(r"\1", left).strip(" ,;:-–")

    def clause(self, place: int) -> Sequence[str]:
        """Return the words before a place that belong to the same clause."""
        start = place
        while start and start not in self.breaks and not self._ends(start - 1):
            start -= 1
        return self.words[start:place]

    def ends_before(self, place: int) -> bool:
        """Return whether a clause ends before this place."""
        return place >= len(self.words) or place in self.breaks or self._ends(place)

    def joined(self, start: int, end: int) -> bool:
        """Return whether nothing but a hyphen stands between two words that follow each other."""
        gap = self.text[self.spans[start][1] : self.spans[end][0]]
        return end == start + 1 and _HYPHEN.fullmatch(gap) is not None

    def skip(self, phrases: Phrases, place: int, *, most: int) -> int:
        """Return the place after up to so many phrases in a row, within the clause."""
        for _ in range(most):
            size = phrases.at(self.words, place)
            if not size or any(at in self.breaks for at in range(place + 1, place + size + 1)):
                break
            place += size
        return place

    def _ends(self, place: int) -> bool:
        return bool(filter_words()["boundaries", "words"].at(self.words, place))


def _sum_in(match: "re.Match[str]") -> Sum | None:
    low, number = match["low"], match["after"] or match["before"]
    if low:
        return Sum(_value(low), None)
    if not number:
        return None
    sign = folded(match["sign_after"] or match["sign_before"])
    return Sum(_value(number), next(code for code, words in currencies().items() if sign in words))


def _value(written: str) -> Decimal:
    """Read "1.299,00" and "1,299.00": what ends with fewer than three figures are cents."""
    parts = re.split("[.,]", written)
    cents = parts.pop() if len(parts) > 1 and len(parts[-1]) < len("000") else "0"
    return Decimal(f"{''.join(parts)}.{cents}")


@cache
def _word() -> "re.Pattern[str]":
    signs = sorted((word for words in currencies().values() for word in words), key=len)
    sign = "|".join(re.escape(word) for word in reversed(signs))
    after = rf"(?P<after>{_NUMBER})(?:,[-–]+)?[ -]?(?P<sign_after>{sign})(?!\w)"
    before = rf"(?P<sign_before>{sign}) ?(?P<before>{_NUMBER})(?!\w)"
    any_sum = re.sub(r"\?P<\w+>", "?:", f"{after}|{before}")
    low = rf"(?P<low>{_NUMBER}){_END_OF_RANGE.format(sum=any_sum)}"
    return re.compile(rf"(?<!\w)(?:{after}|{before}|{low})|\w+", re.IGNORECASE)
