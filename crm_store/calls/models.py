"""What was answered on the phone line, so that a repeated question gets the same answer."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from crm_store.base import Language, Record

TICKET_VALID_FOR = timedelta(minutes=2)
"""How long after our answer a relay may connect."""


class CallRelay(Record):
    """One time that a call was connected to the relay: at its beginning, or after a lost line."""

    __tablename__ = "call_relays"
    __table_args__ = (UniqueConstraint("call", "step"),)

    conversation_id: Mapped[UUID] = mapped_column(
        ForeignKey("conversations.id", ondelete="CASCADE"), index=True
    )
    call: Mapped[str]
    """The CallSid."""
    step: Mapped[str]
    """Which question of the call it answered."""
    ticket: Mapped[str] = mapped_column(unique=True)
    """Known to this one answer only; it opens one socket."""
    used_at: Mapped[datetime | None]
    session: Mapped[str | None]
    """Twilio's name for what the socket is held for; it alone may open another one."""
    openings: Mapped[int] = mapped_column(default=0, server_default="0")
    """How many sockets it has opened; the last of them speaks."""
    failed_at: Mapped[datetime | None]
    """When Twilio told that its socket was lost; the call goes on without one."""
    position: Mapped[int]
    """The number of the last message that the caller was told."""
    language: Mapped[Language]
    """In which the relay begins."""
    answer: Mapped[str] = mapped_column(Text)
    """What was answered, word for word."""


class CallTurn(Record):
    """One answer of a call that is held by plain requests, and where the caller stands after it."""

    __tablename__ = "call_turns"
    __table_args__ = (UniqueConstraint("call", "number"), UniqueConstraint("call", "step"))

    conversation_id: Mapped[UUID] = mapped_column(
        ForeignKey("conversations.id", ondelete="CASCADE"), index=True
    )
    call: Mapped[str]
    """The CallSid."""
    step: Mapped[str | None]
    """Which question of the call it answered, where its number does not say that."""
    number: Mapped[int]
    """Counts the answers of a call from 1; the address of a request says which it asks for."""
    position: Mapped[int]
    """The number of the last message that the caller was told."""
    told_at: Mapped[datetime]
    """When the caller was last told anything."""
    quiet: Mapped[int]
    """How many answers in a row, up to this one, had nothing new to tell."""
    answer: Mapped[str] = mapped_column(Text)
    """What was answered, word for word."""


class CallAnswer(Record):
    """What one webhook was answered, under the token that its repetitions carry too."""

    __tablename__ = "call_answers"
    __table_args__ = (UniqueConstraint("token", "digest"),)

    conversation_id: Mapped[UUID] = mapped_column(
        ForeignKey("conversations.id", ondelete="CASCADE"), index=True
    )
    token: Mapped[str]
    digest: Mapped[str]
    """Of the address and the fields: a token alone is not signed."""
    status: Mapped[int]
    body: Mapped[str] = mapped_column(Text)
