"""Pieces of a sentence: names up to the words around them."""

from collections.abc import Sequence
from itertools import takewhile

from actions.postal.words import is_among, plain

MOST_WORDS = 4
"""Of a street's, a town's or a person's name."""


def name_at_start(said: str) -> str:
    """Return the words of a town's name that a text begins with, if it does."""
    kept: list[str] = []
    for word in said.split():
        if len(kept) == MOST_WORDS or not _goes_on(kept, word):
            break
        kept.append(word.strip(",;!?"))
        if word[-1] in ",;!?":
            break
    while kept and is_among(kept[-1], "small"):
        kept.pop()
    return " ".join(kept).rstrip(".")


def name_at_end(said: str) -> str:
    """Return the words of a town's name that a text ends with, if it does."""
    words = said.replace(",", " ,").split()
    kept = takewhile(lambda word: word != "," and not is_among(word, "around"), reversed(words))
    return " ".join(list(kept)[:MOST_WORDS][::-1])


def person_at_end(said: str) -> str | None:
    """Return the name of a person that stands before an address, apart from it."""
    if not said.rstrip().endswith((",", ":")):
        return None
    words = said.rstrip(" ,:").replace(",", " ,").split()
    named = list(takewhile(_is_name, reversed(words)))[::-1]
    return " ".join(named) if 2 <= len(named) <= MOST_WORDS else None


def capitalised(name: str) -> str:
    """Write a name with capitals if it has none at all, as what was spoken has."""
    if name != name.lower():
        return name
    return " ".join(
        word if place and is_among(word, "small") else word[:1].upper() + word[1:]
        for place, word in enumerate(name.split())
    )


def _goes_on(kept: Sequence[str], word: str) -> bool:
    if not plain(word) or any(map(str.isdigit, word)):
        return False
    if is_among(word, "small"):
        return bool(kept)
    # After "Frankfurt" a word without a capital is none of the name.
    if kept and kept[0][0].isupper() and word.islower():
        return False
    return is_among(word, "town_begins") or not is_among(word, "around")


def _is_name(word: str) -> bool:
    return word[0].isupper() and not is_among(word, "around")
