"""What a customer says of who they are: an address or a number, in whatever way they write it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import phonenumbers

_EMAIL = re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")
_SPOKEN_AT = re.compile(r"\s+(?:at|ät)\s+", re.IGNORECASE)
_SPOKEN_DOT = re.compile(r"\s+(?:dot|punkt)\s+", re.IGNORECASE)
_PUNCTUATION = ".,;:!?()[]\"'„“”"
_LONGEST_PREFIX = 3


@dataclass(frozen=True, slots=True)
class Claim:
    """Every reading of what was said; it proves nothing."""

    emails: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    """Spellings of a customer's or an order's number."""

    def __bool__(self) -> bool:
        return bool(self.emails or self.phones or self.numbers)


def claim_in(text: str, *, region: str) -> Claim:
    """Return what the text may name; a phone number without a country is read as the region's."""
    return Claim(
        emails=frozenset(_emails(text)),
        phones=frozenset(_phones(text, region)),
        numbers=frozenset(_numbers(text)),
    )


def spellings(number: str) -> frozenset[str]:
    """Return the ways in which the record may write a number that somebody said."""
    said = number.strip(_PUNCTUATION + " ")
    plain = re.sub(r"[^0-9A-Za-z]", "", said).upper()
    parts = re.fullmatch(r"([A-Z]*)(\d+)", plain)
    dashed = f"{parts[1]}-{parts[2]}" if parts and parts[1] else plain
    variants = {said, said.upper(), plain, dashed, f"#{plain}"}
    return frozenset(variant for variant in variants if variant)


def _emails(text: str) -> Iterator[str]:
    spoken = _SPOKEN_DOT.sub(".", _SPOKEN_AT.sub("@", text))
    for words in (text, spoken):
        yield from (found.lower() for found in _EMAIL.findall(words))


def _phones(text: str, region: str) -> Iterator[str]:
    for match in phonenumbers.PhoneNumberMatcher(text, region):
        yield phonenumbers.format_number(match.number, phonenumbers.PhoneNumberFormat.E164)


def _numbers(text: str) -> Iterator[str]:
    before = ""
    for word in text.split():
        token = word.strip(_PUNCTUATION)
        if _may_be_number(token):
            yield from spellings(token)
            if before.isalpha() and len(before) <= _LONGEST_PREFIX:
                yield from spellings(before + token)
        before = token


def _may_be_number(token: str) -> bool:
    # One bare figure is a count of something; with a letter it may be an order.
    digits = sum(letter.isdigit() for letter in token)
    lettered = any(letter.isalpha() for letter in token)
    return "@" not in token and digits > 0 and (digits > 1 or lettered)
