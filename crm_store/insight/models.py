"""What happened, as facts that are only ever added."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Identity
from sqlalchemy.orm import Mapped, mapped_column

from crm_store.base import Base, Json, utc_now


class Event(Base):
    """One thing that a customer or visitor did or that was done for them."""

    __tablename__ = "events"

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    at: Mapped[datetime] = mapped_column(default=utc_now, index=True)
    kind: Mapped[str] = mapped_column(index=True)
    customer_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("customers.id", ondelete="SET NULL"), index=True
    )
    conversation_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("conversations.id", ondelete="SET NULL"), index=True
    )
    visitor: Mapped[str | None] = mapped_column(index=True)
    """The browser it happened in, where that is not known by a conversation."""
    cause: Mapped[UUID | None]
    """The message that led to it."""
    facts: Mapped[Json] = mapped_column(default=dict)
