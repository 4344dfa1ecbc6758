"""A brief: five lines of facts, and for each fact where it is written."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class SourceKind(StrEnum):
    """Where a fact is written."""

    message = "message"
    card = "card"
    form = "form"
    order = "order"
    case = "case"
    suggestions = "suggestions"
    handoff = "handoff"


@dataclass(frozen=True, slots=True)
class Source:
    """One place of the story: a kind, and which of it."""

    kind: SourceKind
    ref: str = ""
    """A message's or a case's number, an order's number; empty where there is only one."""


CARD = Source(SourceKind.card)
FORM = Source(SourceKind.form)
HANDOFF = Source(SourceKind.handoff)
SUGGESTIONS = Source(SourceKind.suggestions)


def message(seq: int) -> Source:
    """Return a message as a source."""
    return Source(SourceKind.message, str(seq))


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that is so. The desk has words for `what`, and puts the value into them."""

    what: str
    value: str
    source: Source


Line = Sequence[Fact]


@dataclass(frozen=True, slots=True)
class Brief:
    """Who it is, what they want, what was tried, what is missing and what is best done next."""

    who: Line
    wants: Line
    tried: Line
    missing: Line
    next: Line
