"""A product shown to a customer, the reason it was, and what came of it."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from crm_store.base import Json, Record, states
from crm_store.suggestions.reasons import Link


class Outcome(StrEnum):
    """What the customer did with a suggestion."""

    shown = "shown"
    accepted = "accepted"
    declined = "declined"
    ignored = "ignored"
    bought = "bought"


class Place(StrEnum):
    """Where a suggestion was shown."""

    chat = "chat"
    phone = "phone"
    product_page = "product_page"
    desk = "desk"
    api = "api"


DIALOGUE = (Place.chat, Place.phone)


class Suggestion(Record):
    """One product offered once, at one place; in a conversation, unless it is shown beside any."""

    __tablename__ = "suggestions"
    __table_args__ = (UniqueConstraint("order_id", "product_id"),)

    conversation_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("conversations.id", ondelete="CASCADE"), index=True
    )
    customer_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("customers.id", ondelete="SET NULL"), index=True
    )
    visitor: Mapped[str | None] = mapped_column(index=True)
    """The browser that it was shown in outside any conversation."""
    message_id: Mapped[UUID | None]
    product_id: Mapped[UUID] = mapped_column(
        ForeignKey("products.id", ondelete="CASCADE"), index=True
    )
    place: Mapped[Place] = mapped_column(states(Place))
    asked: Mapped[bool]
    """Whether the customer asked for it; else it was offered unasked."""
    rank: Mapped[int]
    reason_kind: Mapped[Link] = mapped_column(states(Link))
    reason: Mapped[Json]
    """What connects it with the customer, as facts: kind of link and its words per language."""
    derivation: Mapped[Json]
    """The wish it answers and the parts of its score."""
    model: Mapped[str]
    policy_version: Mapped[str]
    """Of the shop's policy of suggestions when it was shown."""
    outcome: Mapped[Outcome] = mapped_column(states(Outcome), default=Outcome.shown)
    decided_at: Mapped[datetime | None]
    outcome_before: Mapped[Outcome | None] = mapped_column(states(Outcome))
    """What a purchase replaced; it counts again when nothing of the purchase is kept."""
    order_id: Mapped[UUID | None] = mapped_column(ForeignKey("orders.id", ondelete="SET NULL"))
    """The order that it was bought with."""
    bought_at: Mapped[datetime | None]

    def buy(self, order_id: UUID, at: datetime) -> None:
        """Record with which order it was bought; another order than before takes its place."""
        if self.outcome is not Outcome.bought:
            self.outcome_before, self.outcome = self.outcome, Outcome.bought
        self.order_id, self.bought_at = order_id, at
