"""The words that the readers know, as data."""

from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@cache
def lexicon(name: str) -> Any:
    """Return a file's words; each scalar is text, even "no", "on" and "null"."""
    written = files(__name__).joinpath(f"{name}.yml").read_text(encoding="utf-8")
    return yaml.load(written, Loader=yaml.BaseLoader)  # noqa: S506 - it builds nothing but text


def any_of(words: "list[str] | tuple[str, ...] | set[str] | frozenset[str]") -> str:
    """Return the part of a pattern that is any of these words, the longest first."""
    return "(?:" + "|".join(sorted(words, key=len, reverse=True)) + ")"
