"""A call that somebody has asked for."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Sequence, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from crm_store.base import Base, Language, Record, states
from crm_store.errors import CallbackNotOpen

NUMBERS = Sequence("callback_numbers", start=1001, metadata=Base.metadata)


class CallbackState(StrEnum):
    """How far the shop has come with a call that it owes."""

    asked = "asked"
    calling = "calling"
    done = "done"
    missed = "missed"
    withdrawn = "withdrawn"


class CallOutcome(StrEnum):
    """What became of one call to a customer."""

    answered = "answered"
    busy = "busy"
    no_answer = "no_answer"
    failed = "failed"
    machine = "machine"
    lost = "lost"
    """Nothing was heard of it: whoever was to make it died before."""


class CallbackRequest(Record):
    """Whom to call, when, and what about."""

    __tablename__ = "callback_requests"

    number: Mapped[str] = mapped_column(unique=True)
    state: Mapped[CallbackState] = mapped_column(
        states(CallbackState), default=CallbackState.asked, index=True
    )
    conversation_id: Mapped[UUID] = mapped_column(
        ForeignKey("conversations.id", ondelete="CASCADE"), index=True
    )
    customer_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("customers.id", ondelete="CASCADE"), index=True
    )
    phone: Mapped[str]
    """In E.164."""
    due_at: Mapped[datetime] = mapped_column(index=True)
    """From when on the customer expects the call."""
    language: Mapped[Language]
    reason: Mapped[str] = mapped_column(Text)
    department: Mapped[str | None]
    wanted_agent_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("agents.id", ondelete="SET NULL")
    )
    done_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0, server_default="0")
    """How often the customer has been called."""
    next_at: Mapped[datetime | None] = mapped_column(index=True)
    """When the next attempt is due, after one that reached nobody."""
    agent_id: Mapped[UUID | None] = mapped_column(ForeignKey("agents.id", ondelete="SET NULL"))
    """Who has taken it over, so that it is not called by itself."""

    @property
    def calls_at(self) -> datetime:
        """From when on the next call is due."""
        return self.next_at or self.due_at

    def call(self) -> int:
        """Note that somebody calls now; return which attempt it is."""
        if self.state is not CallbackState.asked:
            raise CallbackNotOpen(self.number)
        self.state = CallbackState.calling
        self.attempts += 1
        return self.attempts

    def reach(self, at: datetime) -> None:
        """Note that the customer was spoken to."""
        self.state, self.done_at = CallbackState.done, at

    def try_again(self, at: datetime) -> None:
        """Owe another call, from a moment on."""
        self.state, self.next_at = CallbackState.asked, at

    def miss(self, at: datetime) -> None:
        """Give up: nobody was reached, as often as the shop tries."""
        self.state, self.done_at = CallbackState.missed, at

    def take_over(self, agent_id: UUID) -> None:
        """Leave it to one agent, as long as nobody is calling."""
        if self.state not in {CallbackState.asked, CallbackState.missed}:
            raise CallbackNotOpen(self.number)
        self.state, self.agent_id = CallbackState.asked, agent_id

    def withdraw(self, at: datetime) -> None:
        """Let nobody call any more, unless somebody is calling or has called."""
        if self.state is CallbackState.asked:
            self.state, self.done_at = CallbackState.withdrawn, at


class CallbackAttempt(Record):
    """One call to a customer: written down before it is made, so that none is made twice."""

    __tablename__ = "callback_attempts"
    __table_args__ = (UniqueConstraint("request_id", "nth"),)

    request_id: Mapped[UUID] = mapped_column(
        ForeignKey(CallbackRequest.id, ondelete="CASCADE"), index=True
    )
    nth: Mapped[int]
    call: Mapped[str | None] = mapped_column(index=True)
    """The CallSid, once it is known."""
    agent_id: Mapped[UUID | None] = mapped_column(ForeignKey("agents.id", ondelete="SET NULL"))
    """The agent whom the customer is to be connected with; otherwise whoever is there."""
    answered_at: Mapped[datetime | None]
    outcome: Mapped[CallOutcome | None] = mapped_column(states(CallOutcome))
    ended_at: Mapped[datetime | None]

    def end(self, outcome: CallOutcome, at: datetime) -> bool:
        """Note what became of it; False if that was known, for reports come twice and late."""
        if self.outcome is not None:
            return False
        self.outcome, self.ended_at = outcome, at
        return True
