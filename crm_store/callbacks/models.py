"""A call that somebody has asked for."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Sequence, Text
from sqlalchemy.orm import Mapped, mapped_column

from crm_store.base import Base, Language, Record, states

NUMBERS = Sequence("callback_numbers", start=1001, metadata=Base.metadata)


class CallbackState(StrEnum):
    """How far the shop has come with a call that it owes."""

    asked = "asked"
    calling = "calling"
    done = "done"
    missed = "missed"
    withdrawn = "withdrawn"


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

    def withdraw(self, at: datetime) -> None:
        """Let nobody call any more, unless somebody is calling or has called."""
        if self.state is CallbackState.asked:
            self.state, self.done_at = CallbackState.withdrawn, at
