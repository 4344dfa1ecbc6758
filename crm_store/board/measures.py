"""What the board measures: each number with its one definition."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from crm_store.base import Language
from crm_store.board.numbers import Number
from crm_store.errors import UnknownMeasure
from crm_store.strategy.policies import BoardPolicy


class Total(StrEnum):
    """How the rows of a definition become one number."""

    count = "count"  # type: ignore[assignment]  # a text has a method of that name
    mean = "mean"
    most = "most"


@dataclass(frozen=True, slots=True)
class Measure:
    """A number of the board."""

    key: str
    sql: str
    """Yields conversation_id, channel, language, at and value of everything that counts."""
    total: Total
    unit: str
    """number, seconds, share or stars."""
    worst_is_high: bool
    is_now: bool
    """Whether it tells of this moment rather than of a time."""
    names: Mapping[Language, str]
    meanings: Mapping[Language, str]

    def meaning(self, language: Language, rules: BoardPolicy) -> str:
        """Return in words what is counted, with the shop's own limits."""
        return self.meanings[language].format(**rules.model_dump())

    def passed(self, number: Number, rules: BoardPolicy) -> float | None:
        """Return the shop's limit for a number that is past it; where nothing counts, none is."""
        limit = next((limit for key, limit in rules.limits.items() if key == self.key), None)
        if limit is None or number.value is None or not number.count:
            return None
        is_past = number.value > limit if self.worst_is_high else number.value < limit
        return limit if is_past else None


def measure(key: str) -> Measure:
    """Return the measure of a name, or raise UnknownMeasure."""
    try:
        return measures()[key]
    except KeyError as error:
        raise UnknownMeasure(key) from error


@cache
def measures() -> Mapping[str, Measure]:
    """Return all measures by their names, in the order of the board."""
    folder = files("crm_store.board")
    written = tomllib.loads(folder.joinpath("definitions.toml").read_text(encoding="utf-8"))
    found = {}
    for key, told in written.items():
        definition = folder.joinpath("definitions", f"{told.get('of', key)}.sql")
        found[key] = Measure(
            key=key,
            sql=definition.read_text(encoding="utf-8").strip(),
            total=Total(told["is"]),
            unit=told["unit"],
            worst_is_high=told["worst"] == "high",
            is_now=told.get("now", False),
            names={language: told[language]["name"] for language in Language},
            meanings={language: told[language]["means"] for language in Language},
        )
    return found
