"""Numbers, addresses and small words that a customer may name."""

import re
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Named:
    """Something found in a text: what it is, where it stands, and its usual form."""

    entity: str
    start: int
    end: int
    value: str


EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
SPOKEN_EMAIL = re.compile(
    r"\b(?P<name>\w+(?:\s+(?:dot|punkt)\s+\w+)*)\s+(?:at|ät|klammeraffe)\s+"
    r"(?P<host>\w+(?:\s+(?:dot|punkt)\s+\w+)+)\b",
    re.IGNORECASE,
)
SPOKEN_DOT = re.compile(r"\s+(?:dot|punkt)\s+", re.IGNORECASE)

CUSTOMER_NUMBER = re.compile(
    r"\bC\s?-?\s?(?P<digits>\d{3,})\b|\b(?P<name>[a-z]+(?:_[a-z]+)*_\d{2,})\b", re.IGNORECASE
)
ORDER_NUMBER = re.compile(
    r"(?:#\s?(?P<a>[A-Z]?)[\s-]?(?P<a_digits>\d{1,10})"
    r"|\b(?P<b>[A-Z])\s?-\s?(?P<b_digits>\d{1,10})"
    r"|\b(?P<c>[A-Z])(?P<c_digits>\d{2,10}))\b",
    re.IGNORECASE,
)
SPACED_ORDER_NUMBER = re.compile(
    r"(?:^\W*|\b(?:order|bestellung|bestellnummer|auftrag|nummer|number|nr|no|ist|is|of|for|von)\.?\s+)"
    r"(?P<letter>[A-Z])\s(?P<digits>\d{1,10})\b(?!\s(?:year|day|hour|minute|percent|euro|dollar))",
    re.IGNORECASE,
)
"""A letter apart from its digits is an order only where it may be: "a 17 year old" is none."""

DIGITS = re.compile(r"(?<![\w#-])\+?\d(?:[\s/().-]{0,2}\d){5,14}(?![\w-])")
CODE_LENGTH = 6
SHORTEST_PHONE_NUMBER = 8

DIGIT_WORDS = {
    **dict.fromkeys(("null", "zero", "oh"), "0"),
    **dict.fromkeys(("eins", "one"), "1"),
    **dict.fromkeys(("zwei", "zwo", "two"), "2"),
    **dict.fromkeys(("drei", "three"), "3"),
    **dict.fromkeys(("vier", "four"), "4"),
    **dict.fromkeys(("fünf", "five"), "5"),
    **dict.fromkeys(("sechs", "six"), "6"),
    **dict.fromkeys(("sieben", "seven"), "7"),
    **dict.fromkeys(("acht", "eight"), "8"),
    **dict.fromkeys(("neun", "nine"), "9"),
}
_DIGIT_WORD = "|".join(DIGIT_WORDS)
SPOKEN_CODE = re.compile(rf"\b(?:{_DIGIT_WORD})(?:[\s,-]+(?:{_DIGIT_WORD})){{5}}\b", re.IGNORECASE)

POSITIONS = {
    "1": r"erste[nrs]?|first|1st|1\.|(?:nummer|number|option)\s(?:1|eins|one)",
    "2": r"zweite[nrs]?|second|2nd|2\.|(?:nummer|number|option)\s(?:2|zwei|two)",
    "3": r"dritte[nrs]?|third|3rd|3\.|(?:nummer|number|option)\s(?:3|drei|three)",
    "-1": r"letzte[nrs]?|last(?:\sone)?",
}
POSITION = {
    value: re.compile(rf"(?<![\w.])(?:{words})(?!\w)", re.IGNORECASE)
    for value, words in POSITIONS.items()
}
LANGUAGE = {
    "de": re.compile(r"\b(?:deutsch\w*|german)\b", re.IGNORECASE),
    "en": re.compile(r"\b(?:englisch\w*|english|inglisch)\b", re.IGNORECASE),
}


def named_in(text: str) -> list[Named]:
    """Return what the text names, in its order; where two readings overlap, the surer one."""
    found: list[Named] = []
    for reading in (*_addresses(text), *_numbers(text), *_words(text)):
        if not any(reading.start < other.end and other.start < reading.end for other in found):
            found.append(reading)
    return sorted(found, key=lambda one: one.start)


def _addresses(text: str) -> Iterator[Named]:
    for match in EMAIL.finditer(text):
        yield Named("email", *match.span(), match[0].lower())
    for match in SPOKEN_EMAIL.finditer(text):
        name, host = (SPOKEN_DOT.sub(".", match[part]) for part in ("name", "host"))
        yield Named("email", *match.span(), f"{name}@{host}".lower())


def _numbers(text: str) -> Iterator[Named]:
    for match in CUSTOMER_NUMBER.finditer(text):
        usual = f"C-{match['digits']}" if match["digits"] else match["name"].lower()
        yield Named("customer_number", *match.span(), usual)
    for match in ORDER_NUMBER.finditer(text):
        yield Named("order_number", *match.span(), _order_number(match[0]))
    for match in SPACED_ORDER_NUMBER.finditer(text):
        usual = f"{match['letter']}-{match['digits']}".upper()
        yield Named("order_number", match.start("letter"), match.end(), usual)
    for match in SPOKEN_CODE.finditer(text):
        digits = "".join(DIGIT_WORDS[word.lower()] for word in re.findall(r"\w+", match[0]))
        yield Named("code", *match.span(), digits)
    yield from _runs_of_digits(text)


def _order_number(written: str) -> str:
    return re.sub(r"[\s#]", "", written).upper()


def _runs_of_digits(text: str) -> Iterator[Named]:
    for match in DIGITS.finditer(text):
        digits = re.sub(r"[^\d+]", "", match[0])
        if len(digits) == CODE_LENGTH and digits.isdigit():
            yield Named("code", *match.span(), digits)
        elif len(digits) >= SHORTEST_PHONE_NUMBER:
            yield Named("phone_number", *match.span(), digits)


def _words(text: str) -> Iterator[Named]:
    for entity, readings in (("position", POSITION), ("target_language", LANGUAGE)):
        for value, pattern in readings.items():
            for match in pattern.finditer(text):
                yield Named(entity, *match.span(), value)
