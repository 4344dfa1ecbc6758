"""A product shown to a customer, the reason it was, and what came of it."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, false
from sqlalchemy.orm import Mapped, mapped_column

from crm_store.base import Json, Record, states


class Outcome(StrEnum):
    """What the customer did with a suggestion."""

    shown = "shown"
    accepted = "accepted"
    declined = "declined"
    ignored = "ignored"


class Suggestion(Record):
    """One product offered once, at one place of a conversation."""

    __tablename__ = "suggestions"

    conversation_id: Mapped[UUID] = mapped_column(
        ForeignKey("conversations.id", ondelete="CASCADE"), index=True
    )
    customer_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("customers.id", ondelete="SET NULL"), index=True
    )
    message_id: Mapped[UUID | None]
    product_id: Mapped[UUID] = mapped_column(
        ForeignKey("products.id", ondelete="CASCADE"), index=True
    )
    rank: Mapped[int]
    reason: Mapped[Json]
    """What connects it with the customer, as facts: kind of link and its words per language."""
    derivation: Mapped[Json]
    """The wish it answers and the parts of its score."""
    model: Mapped[str]
    unasked: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether the customer had not wished for one; policies say how often that may be."""
    outcome: Mapped[Outcome] = mapped_column(states(Outcome), default=Outcome.shown)
    decided_at: Mapped[datetime | None]
