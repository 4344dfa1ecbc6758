"""Postcodes of Germany, Austria, Switzerland and Great Britain."""

import re
from collections.abc import Iterator

from bot.entities.lexicons import lexicon
from bot.entities.named import Named
from bot.entities.rows import Row, rows_in, words_before
from bot.entities.said import Said

BRITISH = re.compile(
    r"(?<![\w·.'-])[a-z] ?[a-z]? ?\d[ ·]?[a-z\d]?[ ·]?\d ?[a-z] ?[a-z](?![\w·'-])", re.IGNORECASE
)
BRITISH_PARTS = re.compile(r"([A-Z]{1,2})(\d[A-Z\d]?)(\d[ABD-HJLNP-UW-Z]{2})")
WITH_COUNTRY = re.compile(r"(?<![\w-])(?:d|a|ch)[ -]\(?(?P<digits>\d{4,5}) (?P<town>[a-z]+)")
GERMAN, ALPINE = 5, 4
LOWEST_GERMAN = 1001


def british_postcodes(said: Said) -> Iterator[Named]:
    """Find postcodes like "SW1A 1AA", typed or spelled."""
    for match in BRITISH.finditer(said.plain):
        parts = BRITISH_PARTS.fullmatch(re.sub(r"[ ·]", "", match[0]).upper())
        if parts and parts[1].lower() in lexicon("places")["british"]:
            yield said.named("postcode", match.span(), f"{parts[1]}{parts[2]} {parts[3]}")


def postcodes_with_country(said: Said) -> Iterator[Named]:
    """Find "D-10115 Berlin" and "A-1010 Wien", which else were orders."""
    for match in WITH_COUNTRY.finditer(said.plain):
        known = match["town"] in lexicon("places")["towns"]
        capital = said.written(match.span("town"))[:1].isupper()
        if known or (len(match["digits"]) == GERMAN and capital):
            span = (match.start(), match.end("digits"))
            yield said.named("postcode", span, match["digits"])


def postcodes(said: Said) -> Iterator[Named]:
    """Find five digits, and four before a town or after the word for it."""
    for row in rows_in(said):
        if _is_postcode(row, said):
            yield said.named("postcode", row.span, row.digits)


def _is_postcode(row: Row, said: Said) -> bool:
    before = words_before(row.span[0], said)
    named = any(word in lexicon("places")["words"] for word in before)
    if re.search(r"[+/().-]", row.text) or _is_something_else(row, before, said):
        return False
    if len(row.digits) == ALPINE:
        return named or said.after(row.span[1]) in lexicon("places")["towns"]
    whole = row.groups == [GERMAN] or row.is_spoken or named
    return len(row.digits) == GERMAN and int(row.digits) >= LOWEST_GERMAN and whole


def _is_something_else(row: Row, before: list[str], said: Said) -> bool:
    of_an_order = any(word in lexicon("orders")["words"] for word in before[-2:])
    return of_an_order or said.after(row.span[1]) in lexicon("units")["measures"]
