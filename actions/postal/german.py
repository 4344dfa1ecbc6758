"""Streets as the German speaking write them: the number comes last."""

import re
from dataclasses import dataclass
from typing import Final

from actions.postal.pieces import MOST_WORDS
from actions.postal.words import is_among, plain, words

NUMBER: Final = re.compile(
    r"(?<![\w-])(?:(?:hausnummer|nummer|number|nr\.?|no\.?)\s*)?"
    r"(?P<number>\d{1,4}(?:\s?[a-z](?![\w']))?(?:\s?[-/+]\s?\d{1,4}(?:\s?[a-z](?!\w))?)*)"
    r"(?![\w.])",
    re.IGNORECASE,
)
"""The number of a house: 5, 12a, 12-14, 45/12."""


@dataclass(frozen=True, slots=True)
class Street:
    """A street in a text; `begin` and `end` tell where."""

    name: str
    number: str
    begin: int
    end: int

    @property
    def written(self) -> str:
        """The street with its number."""
        return f"{self.name} {self.number}".strip()


def street_before(said: str) -> Street | None:
    """Return the street that a text ends with: here a postcode follows, so that it must be one."""
    numbers = [found for found in NUMBER.finditer(said) if not said[found.end() :].strip(" ,.in")]
    return _street(said, numbers[-1]) if numbers else None


def street_within(said: str) -> Street | None:
    """Return a street that is one by its name alone, whatever is around it."""
    streets = (_street(said, number) for number in NUMBER.finditer(said))
    return next((street for street in streets if street and _is_street(street.name)), None)


def road_in(said: str) -> str | None:
    """Return a street that is named without a number."""
    name = _name_at_end(said)
    return name if name and is_kind_of_street(name.split()[-1]) else None


def is_kind_of_street(word: str) -> bool:
    """Return whether a word is "Straße", or ends with it as "Hauptstraße" does."""
    return any(plain(word).endswith(plain(kind)) for kind in words("german_streets"))


def _street(said: str, number: re.Match[str]) -> Street | None:
    name = _name_at_end(said[: number.start()])
    if not name:
        return None
    begin = said[: number.start()].rindex(name)
    return Street(name, number["number"].replace(" ", ""), begin, number.end())


def _is_street(name: str) -> bool:
    *_, last = name.split()
    return is_kind_of_street(last) or is_among(name.split()[0], "german_prepositions")


def _name_at_end(said: str) -> str:
    """Collect a street's name from its end backwards, up to the words around it."""
    segment = re.split(r"[,:;]", said.strip(" ,"))[-1].split()
    name: list[str] = []
    while segment and len(name) < MOST_WORDS and _belongs(segment, name):
        name.insert(0, segment.pop())
        if is_among(name[0], "german_prepositions"):
            break
    if len(name) > 1 and is_among(name[0], "for_whom") and not _is_article(name[1]):
        name.pop(0)
    found = " ".join(name)
    return found if any(map(str.isalpha, found)) else ""


def _belongs(segment: list[str], name: list[str]) -> bool:
    """Return whether the last word of a segment is part of the name that follows it."""
    word = segment[-1]
    if name and _is_grown(name[0]):
        return is_among(word, "german_before")
    if _is_article(word):
        before = segment[-2] if len(segment) > 1 else ""
        return is_among(before, "german_prepositions") or is_among(before, "german_streets")
    if is_among(word, "german_prepositions"):
        return bool(name)
    return not is_among(word, "around")


def _is_grown(word: str) -> bool:
    """Return whether a word alone is the whole name of a street, as "Hauptstraße" is."""
    return is_kind_of_street(word) and not is_among(word, "german_streets")


def _is_article(word: str) -> bool:
    return is_among(word, "german_articles")
