"""Phrases of a lexicon, found word by word."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from bot.entities.folding import folded
from bot.entities.said import WORD

ANY = ".."
"""In a phrase: up to three words of any kind."""
MOST_BETWEEN = 3
SHORTEST_STEM = 3
PART = re.compile(r"\.\.|[^\W_]+\*?")


class Phrase(NamedTuple):
    """Words that stand for something to one list of phrases; "versand*" is all that begins so."""

    words: tuple[str, ...]
    owner: str
    value: str

    @classmethod
    def of(cls, written: str, owner: str, value: str = "") -> "Phrase":
        """Take a phrase of a lexicon apart."""
        return cls(tuple(PART.findall(folded(written))), owner, value)


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase that was said, and its stretch of the text."""

    span: tuple[int, int]
    owner: str
    value: str


class Phrases:
    """Phrases of several owners, looked up together: every word is looked at once."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self._by_first: dict[str, list[Phrase]] = {}
        for phrase in sorted(phrases, key=lambda one: (len(one.words), one.words), reverse=True):
            self._by_first.setdefault(phrase.words[0], []).append(phrase)
        stems = (len(word) - 1 for word in self._by_first if word.endswith("*"))
        self._longest_stem = max(stems, default=0)
        self._beginning_with = lru_cache(maxsize=4096)(self._with_first_word)

    def found_in(self, plain: str) -> list[Found]:
        """Return what is said of these; of one owner's, the longest phrase where several begin."""
        places = list(WORD.finditer(plain))
        words = [match[0].lower() for match in places]
        return [
            Found((places[start].start(), places[end - 1].end()), phrase.owner, phrase.value)
            for start, end, phrase in self._matches(words)
        ]

    def _matches(self, words: Sequence[str]) -> Iterator[tuple[int, int, Phrase]]:
        busy: dict[str, int] = {}
        for place, word in enumerate(words):
            for phrase in self._beginning_with(word):
                free = busy.get(phrase.owner, 0) <= place
                end = _end(phrase.words, words, place) if free else None
                if end is not None:
                    busy[phrase.owner] = end
                    yield place, end, phrase

    def _with_first_word(self, word: str) -> tuple[Phrase, ...]:
        lengths = range(min(len(word), self._longest_stem), SHORTEST_STEM - 1, -1)
        keys = (word, *(f"{word[:length]}*" for length in lengths))
        phrases = [phrase for key in keys for phrase in self._by_first.get(key, ())]
        return tuple(sorted(phrases, key=lambda one: len(one.words), reverse=True))


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
