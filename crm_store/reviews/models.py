"""A customer's verdict on a product or on the shop."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from crm_store.base import Language, Record, states

FEWEST_STARS, MOST_STARS = 1, 5


class ReviewState(StrEnum):
    """Whether others may read it."""

    waiting = "waiting"
    released = "released"
    rejected = "rejected"


class Review(Record):
    """Stars and words; of the shop where it names no product."""

    __tablename__ = "reviews"
    __table_args__ = (
        CheckConstraint(f"rating BETWEEN {FEWEST_STARS} AND {MOST_STARS}", name="rating"),
        UniqueConstraint("customer_id", "product_id"),
    )

    conversation_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("conversations.id", ondelete="SET NULL"), index=True
    )
    customer_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("customers.id", ondelete="CASCADE"), index=True
    )
    product_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("products.id", ondelete="CASCADE"), index=True
    )
    rating: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    language: Mapped[Language]
    state: Mapped[ReviewState] = mapped_column(
        states(ReviewState), default=ReviewState.waiting, index=True
    )
    decided_at: Mapped[datetime | None]

    def rewrite(self, rating: int, text: str, language: Language) -> None:
        """Take a new verdict in place of the old one, which waits for release again."""
        self.rating, self.text, self.language = rating, text, language
        self.state, self.decided_at = ReviewState.waiting, None
