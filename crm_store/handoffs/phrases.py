"""Whether one of the shop's phrases stands in a customer's words. Pure."""

import re
from collections.abc import Sequence
from functools import cache
from typing import Final

_ANY_WORDS: Final = r"(?:\s+\S+){0,4}?"
_APOSTROPHES: Final = str.maketrans({"’": "'", "‘": "'", "`": "'"})


def phrases_in(text: str, phrases: Sequence[str]) -> list[str]:
    """Return which of the phrases the words hold, each once, as they are in the policy."""
    words = folded(text)
    return [phrase for phrase in phrases if _pattern(phrase).search(words)]


def folded(text: str) -> str:
    """Return words as phrases are compared with them."""
    return text.translate(_APOSTROPHES).casefold()


@cache
def _pattern(phrase: str) -> re.Pattern[str]:
    pattern = ""
    for word in folded(phrase).split():
        if word == "*":
            pattern += _ANY_WORDS
            continue
        stem = re.escape(word.removesuffix("*"))
        ending = r"\w*" if word.endswith("*") else ""
        pattern += (r"\W+" if pattern else "") + stem + ending
    return re.compile(rf"(?<!\w){pattern}(?!\w)")
