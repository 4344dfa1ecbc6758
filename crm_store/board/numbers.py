"""What the board tells, and of which part of all."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from crm_store.base import Language
from crm_store.conversations.models import Channel


@dataclass(frozen=True, slots=True)
class Cut:
    """Which part of all is looked at; None for all of it."""

    channel: Channel | None = None
    language: Language | None = None


@dataclass(frozen=True, slots=True)
class Number:
    """A number, and of how many things it tells; nothing can be said of none."""

    value: float | None
    count: int
    since: datetime | None
    """When the first of them began."""


@dataclass(frozen=True, slots=True)
class Counted:
    """One thing that counts towards a number."""

    conversation: UUID
    at: datetime
    channel: Channel
    language: Language
    value: float
    name: str | None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that nobody had an answer to, and how often it was said."""

    text: str
    times: int
    language: Language
    conversation: UUID
    """In which it was said last."""
