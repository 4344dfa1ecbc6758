"""An escalation: why a customer was passed to a person, who took it, how it ended."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from crm_store.base import Language, Record, states


class Reason(StrEnum):
    """Why the assistant passed the customer on."""

    asked = "asked"
    not_understood = "not_understood"
    bot_failed = "bot_failed"
    action_failed = "action_failed"
    not_allowed = "not_allowed"
    called_back = "called_back"


class Handoff(Record):
    """One escalation, from the request to its outcome."""

    __tablename__ = "handoffs"

    conversation_id: Mapped[UUID] = mapped_column(
        ForeignKey("conversations.id", ondelete="CASCADE"), index=True
    )
    reason: Mapped[Reason] = mapped_column(states(Reason))
    note: Mapped[str | None] = mapped_column(Text)
    department: Mapped[str | None]
    wanted_agent_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("agents.id", ondelete="SET NULL")
    )
    trigger_seq: Mapped[int]
    """Of the customer's message that led to it."""
    language: Mapped[Language]
    claimed_at: Mapped[datetime | None]
    agent_id: Mapped[UUID | None] = mapped_column(ForeignKey("agents.id"), index=True)
    ended_at: Mapped[datetime | None]
    outcome: Mapped[str | None]
    outcome_note: Mapped[str | None] = mapped_column(Text)
    code: Mapped[str | None]
    """What it was about, as the agent said at the end; one of the policy `wrap_up`."""
