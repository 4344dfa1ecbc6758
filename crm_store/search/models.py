"""What is searched for, and what was found."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from crm_store.base import Language
from crm_store.conversations.models import Author, Channel, Handler

MARK_BEGINS: Final = "\x02"
MARK_ENDS: Final = "\x03"
"""Around the words of an excerpt that were found; nobody types them."""


@dataclass(frozen=True, slots=True)
class Wish:
    """The words, and what narrows them; None leaves it open."""

    words: str
    language: Language | None = None
    channel: Channel | None = None
    author: Author | None = None
    agent: UUID | None = None
    code: str | None = None
    """A wrap-up code, or the group of several."""
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A conversation with the newest message in it that fits."""

    conversation: UUID
    channel: Channel
    language: Language
    handler: Handler
    name: str | None
    """Of the customer."""
    agent: str | None
    code: str | None
    seq: int
    author: Author
    at: datetime
    excerpt: str
    times: int
    """How many of its messages fit; none where only the customer's name does."""
