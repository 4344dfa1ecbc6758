"""Telephone numbers."""

from collections.abc import Iterator

import phonenumbers

from bot.entities.lexicons import lexicon
from bot.entities.named import Named
from bot.entities.rows import Row, rows_in, words_before
from bot.entities.said import Said

SHORTEST, LONGEST = 7, 15
SHORTEST_BARE = 8
"""Without a nought or a plus before it, a shorter one is any number."""


def phone_numbers(said: Said) -> Iterator[Named]:
    """Find telephone numbers, in international form where they can be read."""
    for row in rows_in(said):
        if _may_be_one(row, said):
            yield said.named("phone_number", row.span, _international(row, said.region))


def _may_be_one(row: Row, said: Said) -> bool:
    if any(word in lexicon("orders")["words"] for word in words_before(row.span[0], said)[-2:]):
        return False
    begins_as_one = row.text.startswith(("+", "0", "(0", "(+"))
    return (SHORTEST if begins_as_one else SHORTEST_BARE) <= len(row.digits) <= LONGEST


def _international(row: Row, region: str) -> str:
    written = row.text.replace("·", "").replace("+ ", "+")
    country = str(phonenumbers.country_code_for_region(region))
    readings = [written]
    if row.digits.startswith(country) and not written.startswith("+"):
        readings.insert(0, f"+{row.digits}")
    numbers = (_read(reading, region) for reading in readings)
    plus = "+" if "+" in written else ""
    return next((number for number in numbers if number), f"{plus}{row.digits}")


def _read(written: str, region: str) -> str | None:
    try:
        number = phonenumbers.parse(written, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
