"""An escalation: why a customer was passed to a person, who took it, how it ended."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from crm_store.base import Base, Json, Language, Record, states, utc_now


class Reason(StrEnum):
    """Why the assistant passed the customer on."""

    asked = "asked"
    not_understood = "not_understood"
    bot_failed = "bot_failed"
    action_failed = "action_failed"
    not_allowed = "not_allowed"
    called_back = "called_back"
    complaint = "complaint"
    insulted = "insulted"
    """The customer has insulted the assistant twice."""
    distress = "distress"
    """The customer may be in danger."""
    vulnerable = "vulnerable"
    legal = "legal"
    press = "press"
    angry = "angry"


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
    """Of the customer's message that led to it, which may be earlier than their yes."""
    signs: Mapped[list[Json]] = mapped_column(default=list, server_default="[]")
    """What counted for it (`Sign`), for agents alone."""
    language: Mapped[Language]
    priority: Mapped[int] = mapped_column(default=0, server_default="0")
    ranks_at: Mapped[datetime] = mapped_column(default=utc_now, index=True)
    """By which those who wait are ordered: when they came, less a head start for priority."""
    waits_since: Mapped[datetime] = mapped_column(default=utc_now)
    """Since when they have waited, for the first time or anew."""
    asked_at: Mapped[datetime | None]
    """When the customer was asked whether they would rather not wait."""
    held_since: Mapped[datetime | None]
    """Since when the agent who has it has had it."""
    on_hold_since: Mapped[datetime | None]
    """Since when the customer waits in the chat while something is looked up."""
    claimed_at: Mapped[datetime | None]
    agent_id: Mapped[UUID | None] = mapped_column(ForeignKey("agents.id"), index=True)
    ended_at: Mapped[datetime | None]
    outcome: Mapped[str | None]
    outcome_note: Mapped[str | None] = mapped_column(Text)
    code: Mapped[str | None]
    """What it was about, as the agent said at the end; one of the policy `wrap_up`."""

    def hold(self, agent_id: UUID, at: datetime) -> None:
        """Note who has taken the customer."""
        self.claimed_at = at
        self.pass_to(agent_id, at)

    def let_go(self, at: datetime) -> None:
        """Let the customer wait again, at the place that they had."""
        self.claimed_at = self.held_since = self.on_hold_since = None
        self.waits_since = at

    def ask_for(self, department: str | None, at: datetime) -> None:
        """Let the customer wait again, for somebody who answers for this."""
        self.let_go(at)
        self.department, self.wanted_agent_id = department, None

    def pass_to(self, agent_id: UUID, at: datetime) -> None:
        """Note who has the customer from now on."""
        self.agent_id, self.held_since, self.on_hold_since = agent_id, at, None


class Joined(Base):
    """A colleague who speaks in a conversation beside the agent who has it."""

    __tablename__ = "joined_agents"

    conversation_id: Mapped[UUID] = mapped_column(
        ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True
    )
    agent_id: Mapped[UUID] = mapped_column(
        ForeignKey("agents.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    epoch: Mapped[int]
    """Of the conversation: whoever has it next begins alone."""
    created_at: Mapped[datetime] = mapped_column(default=utc_now)
