"""Phrases of a lexicon, found word by word."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.entities.folding import folded
from bot.entities.said import WORD, Said

ANY = ".."
"""In a phrase: up to three words of any kind."""
MOST_BETWEEN = 3
PART = re.compile(r"\.\.|[^\W_]+\*?")
SHORTEST_STEM = 3


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase that was said: its stretch of the plain form, and what it stands for."""

    span: tuple[int, int]
    value: str


class Phrases:
    """Phrases and what they stand for; "versand*" is every word that begins so."""

    def __init__(self, phrases: Mapping[str, str]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        self._longest_stem = 0
        for phrase in sorted(phrases, key=len, reverse=True):
            words = tuple(PART.findall(folded(phrase)))
            self._by_first.setdefault(words[0], []).append((words, phrases[phrase]))
            if words[0].endswith("*"):
                self._longest_stem = max(self._longest_stem, len(words[0]) - 1)

    def found_in(self, said: Said) -> list[Found]:
        """Return what is said of these, the longest phrase where several begin."""
        words, places = _words_of(said.plain)
        return [
            Found((places[start][0], places[end - 1][1]), value)
            for start, end, value in self._matches(words)
        ]

    def _matches(self, words: Sequence[str]) -> Iterator[tuple[int, int, str]]:
        place = 0
        while place < len(words):
            end, value = self._longest_at(words, place)
            if end is not None:
                yield place, end, value
            place = end or place + 1

    def _longest_at(self, words: Sequence[str], place: int) -> tuple[int | None, str]:
        for phrase, value in self._beginning_with(words[place]):
            end = _end(phrase, words, place)
            if end is not None:
                return end, value
        return None, ""

    def _beginning_with(self, word: str) -> Iterator[tuple[tuple[str, ...], str]]:
        yield from self._by_first.get(word, ())
        for length in range(min(len(word), self._longest_stem), SHORTEST_STEM - 1, -1):
            yield from self._by_first.get(f"{word[:length]}*", ())


@lru_cache(maxsize=1)
def _words_of(plain: str) -> tuple[list[str], list[tuple[int, int]]]:
    # Lexicon after lexicon reads the same message.
    places = list(WORD.finditer(plain))
    return [match[0].lower() for match in places], [match.span() for match in places]


def _end(phrase: Sequence[str], words: Sequence[str], place: int) -> int | None:
    for position, wanted in enumerate(phrase):
        if wanted == ANY:
            rest = phrase[position + 1 :]
            ends = (_end(rest, words, place + more) for more in range(MOST_BETWEEN + 1))
            return next((end for end in ends if end is not None), None)
        if place >= len(words) or not _fits(wanted, words[place]):
            return None
        place += 1
    return place


def _fits(wanted: str, word: str) -> bool:
    return word.startswith(wanted[:-1]) if wanted.endswith("*") else word == wanted
