"""A secret that lets whoever has it go on with one conversation, once and soon."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from crm_store.base import Record, states


class PassageKind(StrEnum):
    """Where a passage leads, and by what."""

    code = "code"
    """From the chat to the phone, by digits that are keyed in."""
    link = "link"
    """From the phone to the chat, by an address that is opened."""


class Passage(Record):
    """A code or a link; only its keyed hash is kept."""

    __tablename__ = "passages"

    conversation_id: Mapped[UUID] = mapped_column(
        ForeignKey("conversations.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[PassageKind] = mapped_column(states(PassageKind))
    secret_hash: Mapped[str] = mapped_column(index=True)
    number: Mapped[str | None]
    """Where a link was sent to."""
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    used_by: Mapped[str | None]
    """The call or the browser that came through; the same one may come again."""


class WrongCode(Record):
    """A code keyed in on the phone that led nowhere, for counting."""

    __tablename__ = "wrong_passage_codes"

    conversation_id: Mapped[UUID] = mapped_column(
        ForeignKey("conversations.id", ondelete="CASCADE"), index=True
    )
    """The one that the call had begun."""
    caller: Mapped[str] = mapped_column(index=True)
    """The hash of the number that it came from; withheld numbers count as one."""
    entry: Mapped[str] = mapped_column(unique=True)
    """Which time of keying in it was; what is delivered twice counts once."""
