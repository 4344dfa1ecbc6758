"""What an import did."""

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum


class Change(StrEnum):
    """What a row did to the store."""

    added = "added"
    changed = "changed"
    unchanged = "unchanged"


class RowRefused(ValueError):  # noqa: N818 - it names what happened to the row
    """A well-formed row that cannot be taken as the store is."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row that was left out, and why. Says nothing of what the row holds."""

    line: int
    reason: str


@dataclass(slots=True)
class Report:
    """How many rows did what, and which were refused."""

    changes: Counter[Change] = field(default_factory=Counter)
    refusals: list[Refusal] = field(default_factory=list)

    @property
    def rows(self) -> int:
        """All rows that were looked at."""
        return self.changes.total() + len(self.refusals)

    def refuse(self, line: int, reason: str) -> None:
        """Note that a row was left out."""
        self.refusals.append(Refusal(line, reason))


def assign(record: object, **values: object) -> bool:
    """Give a record new values and return whether any of them was another before."""
    different = {name: new for name, new in values.items() if getattr(record, name) != new}
    for name, new in different.items():
        setattr(record, name, new)
    return bool(different)
