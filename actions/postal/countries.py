"""Countries: what they are called, and which one a text ends with."""

import re
from collections.abc import Sequence
from functools import cache
from typing import Final

from babel import Locale

from actions.postal.words import lexicon
from crm_store.base import Language

_FIVE_DIGITS: Final = ("DE", "FR", "IT", "ES", "US")
_FOUR_DIGITS: Final = ("AT", "CH", "NL", "BE", "DK", "LU")
_NO_COUNTRY: Final = re.compile(r"[^A-Z]")


def country_called(code: str, language: Language) -> str:
    """Return what a country is called in a language."""
    return str(Locale(language.value).territories.get(code, code))


def country_in(text: str) -> str | None:
    """Return the one country that a text names anywhere."""
    said = " ".join(re.findall(r"\w+", text.casefold()))
    found = {code for name, code in _names().items() if f" {name} " in f" {said} "}
    return found.pop() if len(found) == 1 else None


def country_at_end(text: str) -> tuple[str, str | None]:
    """Return the text without the country that it ends with, and that country."""
    words = text.split()
    for length in range(min(4, len(words)), 0, -1):
        name = " ".join(re.findall(r"\w+", " ".join(words[-length:]).casefold()))
        if name in _names():
            return _without_in(words[:-length]), _names()[name]
    return text, None


def digits_of(country: str | None) -> Sequence[int]:
    """Return how many digits a country's postcodes have, the likelier number first."""
    if country in _FOUR_DIGITS:
        return (4,)
    return (5,) if country in _FIVE_DIGITS else (5, 4)


def country_of(postcode: str, countries: Sequence[str]) -> str | None:
    """Return which of a shop's countries a postcode must be of, as far as that is plain.

    Where several have such postcodes, it is the shop's own, which comes first.
    """
    if not postcode.isdigit():
        return "GB"
    alike = _FIVE_DIGITS if len(postcode) == 5 else _FOUR_DIGITS
    possible = [country for country in countries if country in alike]
    plainly = len(possible) == 1 or possible[:1] == list(countries[:1])
    return possible[0] if possible and plainly else None


def _without_in(words: Sequence[str]) -> str:
    kept = list(words)
    while kept and kept[-1].strip(",.").casefold() in {"in", "nach", "to", ""}:
        kept.pop()
    return " ".join(kept).rstrip(" ,.")


@cache
def _names() -> dict[str, str]:
    names = {
        " ".join(re.findall(r"\w+", name.casefold())): code
        for language in Language
        for code, name in Locale(language.value).territories.items()
        if len(code) == 2 and not _NO_COUNTRY.search(code)
    }
    return names | {name.casefold(): code for name, code in lexicon()["countries"].items()}
