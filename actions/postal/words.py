"""The words by which an address is told from the sentence around it."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def lexicon() -> dict[str, Any]:
    """Return the whole list, read once."""
    return tomllib.loads(files("actions.postal").joinpath("words.toml").read_text("utf-8"))


@cache
def words(name: str) -> frozenset[str]:
    """Return the words of one kind."""
    return frozenset(lexicon()[name].split())


def plain(word: str) -> str:
    """Return a word as the lists have it."""
    return word.strip(".,;:!?()\"'").casefold()


def is_among(word: str, name: str) -> bool:
    """Return whether a word is of a kind, however it is written."""
    # `casefold` writes "straße" with two s.
    return plain(word) in _folded(name)


@cache
def _folded(name: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in words(name))
