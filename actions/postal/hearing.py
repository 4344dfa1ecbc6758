"""Hears a postal address in free words: what of it was said, and nothing that was not."""

import re
from collections.abc import Sequence
from functools import cache
from typing import Final

from actions.postal.countries import country_at_end, digits_of
from actions.postal.english import english_street
from actions.postal.german import NUMBER, road_in, street_before, street_within
from actions.postal.numbers import with_digits
from actions.postal.pieces import capitalised, name_at_end, name_at_start, person_at_end
from actions.postal.words import words

Parts = dict[str, str]
"""Some of recipient, street, postcode, town and country; `road` is a street without its number."""

_UK_POSTCODE: Final = re.compile(r"\b([A-Z]{1,2}\d[A-Z\d]?)\s*(\d[A-Z]{2})\b", re.IGNORECASE)
_POSTCODE: Final = re.compile(r"(?<![\w-])(?:(DE|D|AT|A|CH)-\s?)?(\d{4,5})\b(?=,?\s+[^\W\d_])")
_LAST_POSTCODE: Final = re.compile(r"(?<![\w-])(?:(DE|D|AT|A|CH)-\s?)?(\d{5})$")
_COUNTRIES: Final = {"D": "DE", "A": "AT", "DE": "DE", "AT": "AT", "CH": "CH"}
_ORDER: Final = re.compile(
    r"#\w+|\b[A-Z]-\d+\b(?<!\bD-\d{5})(?<!\bA-\d{4})|\bA-\d{4}\b(?!\s+[A-ZÄÖÜ])"
)
_COURTESY: Final = re.compile(
    r"[\s,.!]*\b(?:please|bitte|danke|thanks|thank you)\W*$", re.IGNORECASE
)
_LEAD: Final = re.compile(r"^[\s,]*(?:in\s+)?")


def address_in(text: str) -> Parts:
    """Return what a text says of an address; nothing where it does not read like one."""
    said, country = country_at_end(_tidied(text))
    said = with_digits(said, postcodes=digits_of(country))
    parts = _with_postcode(said) or _without_postcode(said)
    if parts and country:
        parts["country"] = country
    return {
        name: part if name in {"country", "postcode"} else capitalised(part)
        for name, part in parts.items()
    }


def number_in(text: str) -> str | None:
    """Return the number of a house that a text names."""
    found = NUMBER.search(with_digits(_tidied(text)))
    return found["number"].replace(" ", "") if found else None


def name_in(text: str) -> str:
    """Return the name that a short answer gives: of "it is Berlin" Berlin."""
    said = _tidied(text)
    return capitalised(name_at_end(said) or name_at_start(said))


def _tidied(text: str) -> str:
    lines = re.sub(r"\s*\n\s*", ", ", text.strip())
    spaced = re.sub(r"\s+", " ", re.sub(r",(?=\S)", ", ", lines))
    return _COURTESY.sub("", _ORDER.sub("", spaced)).strip(" ,.;!?")


def _with_postcode(said: str) -> Parts | None:
    if british := _UK_POSTCODE.search(said):
        code = f"{british[1]} {british[2]}".upper()
        return {"postcode": code, "country": "GB", **_english(said[: british.start()])}
    if american := _us_postcode().search(said):
        parts = {"postcode": american[2], "country": "US", **_english(said[: american.start()])}
        if "town" in parts:
            parts["town"] = f"{capitalised(parts['town'])}, {american[1]}"
        return parts
    codes = list(_POSTCODE.finditer(said)) or list(_LAST_POSTCODE.finditer(said))
    return _german(said, codes[-1]) if codes else None


def _german(said: str, code: re.Match[str]) -> Parts | None:
    before, after = said[: code.start()], said[code.end() :].lstrip(" ,")
    town = name_at_start(after)
    parts = {"postcode": code[2], **_street(before)}
    if "street" not in parts:
        parts |= _without_postcode(after[len(town) :].lstrip(" ,"))
    if code[1]:
        parts["country"] = _COUNTRIES[code[1]]
    if town:
        parts["town"] = town
    # Four digits alone are a number of anything.
    sure = len(code[2]) > 4 or "street" in parts or code[1]
    return parts if sure else None


def _street(said: str) -> Parts:
    """Return the street that stands before a postcode, and whose it is."""
    if english := english_street(said):
        return {"street": english[0].strip(" ,"), **_recipient(said[: english.start()])}
    if street := street_before(said):
        return {"street": street.written, **_recipient(said[: street.begin])}
    road = road_in(said)
    return {"road": road} if road else {}


def _english(said: str) -> Parts:
    """Return the street and, after it, the town that stand before an English postcode."""
    street = english_street(said)
    rest = said[street.end() :] if street else said.rpartition(",")[2]
    parts = _street(said if street else said.rpartition(",")[0])
    town = name_at_end(rest.rstrip(" ,"))
    return {**parts, "town": town} if town else parts


def _without_postcode(said: str) -> Parts:
    if english := english_street(said):
        parts = {"street": english[0].strip(" ,"), **_recipient(said[: english.start()])}
        return _in_town(parts, said[english.end() :])
    if street := street_within(said):
        parts = {"street": street.written, **_recipient(said[: street.begin])}
        return _in_town(parts, said[street.end :])
    road = road_in(said)
    return {"road": road} if road else {}


def _in_town(parts: Parts, after: str) -> Parts:
    town = name_at_start(_LEAD.sub("", after))
    return {**parts, "town": town} if town else parts


def _recipient(said: str) -> Parts:
    person = person_at_end(said)
    return {"recipient": person} if person else {}


@cache
def _us_postcode() -> re.Pattern[str]:
    states: Sequence[str] = sorted(words("us_states"))
    return re.compile(rf"\b({'|'.join(states)})\.?\s+(\d{{5}})\b")
