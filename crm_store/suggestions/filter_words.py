"""The words that limit a wish, read from `filters.toml` as they are compared."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Self

from crm_store.catalogue.vocabulary import folded
from crm_store.suggestions.names import Phrase, words_of

_SECTIONS = {"format", "without", "only", "lists", "sold_out", "in_stock", "boundaries"}


@dataclass(frozen=True, slots=True)
class Phrases:
    """Words or several words together, of which the longest that stands somewhere counts."""

    said: frozenset[Phrase]
    longest: int

    @classmethod
    def of(cls, written: str) -> Self:
        """Return phrases that are written with commas or line breaks between them."""
        said = frozenset(
            words_of(one) for line in written.splitlines() for one in line.split(",") if one.strip()
        )
        return cls(said, max(map(len, said), default=0))

    def at(self, words: Sequence[str], start: int) -> int:
        """Return how many words a phrase takes that begins here; 0 where none does."""
        sizes = range(min(self.longest, len(words) - start), 0, -1)
        return next((n for n in sizes if tuple(words[start : start + n]) in self.said), 0)

    def before(self, words: Sequence[str], end: int) -> int:
        """Return how many words a phrase takes that ends just before this place."""
        sizes = range(min(self.longest, end), 0, -1)
        return next((n for n in sizes if tuple(words[end - n : end]) in self.said), 0)

    def any_of(self, words: Iterable[str]) -> bool:
        """Return whether one of the words is such a phrase by itself."""
        return any((word,) in self.said for word in words)


@dataclass(frozen=True, slots=True)
class FilterWords:
    """All phrases by section and name, as the file has them."""

    written: Mapping[str, Mapping[str, Phrases]]

    def __getitem__(self, path: tuple[str, str]) -> Phrases:
        section, name = path
        return self.written[section][name]


@cache
def filter_words() -> FilterWords:
    """Return the words, read once."""
    written = _written()
    sections = {name: phrases for name, phrases in written.items() if name in _SECTIONS}
    prices = {f"price.{name}": phrases for name, phrases in written["price"].items()}
    return FilterWords(
        {
            section: {name: Phrases.of(said) for name, said in phrases.items()}
            for section, phrases in {**sections, **prices}.items()
        }
    )


@cache
def currencies() -> Mapping[str, frozenset[str]]:
    """Return how each currency is written, by its code."""
    return {code: frozenset(_folded(words)) for code, words in _written()["currencies"].items()}


def _folded(words: str) -> Iterable[str]:
    return (folded(word.strip()) for word in words.split(","))


@cache
def _written() -> Mapping[str, Any]:
    text = files("crm_store.suggestions").joinpath("filters.toml").read_text("utf-8")
    return tomllib.loads(text)
