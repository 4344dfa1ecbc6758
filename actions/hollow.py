"""Whether words say what happened, or only that somebody is angry."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Final

from rapidfuzz import utils

FEWEST: Final = 2
"""Words beyond mere anger from which on there is something to write down."""


def says_what(text: str) -> bool:
    """Return whether there is more in the words than that somebody complains."""
    words = utils.default_process(text).split()
    return len([word for word in words if word not in _hollow()]) >= FEWEST


@cache
def _hollow() -> frozenset[str]:
    text = files(__package__).joinpath("hollow.toml").read_text(encoding="utf-8")
    lists: dict[str, str] = tomllib.loads(text)
    return frozenset(word for words in lists.values() for word in words.split())
