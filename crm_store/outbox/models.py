"""A message to a contact point, written in the transaction that caused it, sent afterwards."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from crm_store.base import Language, Record, states
from crm_store.customers.models import ContactKind


class OutboxMessage(Record):
    """Words on their way to a customer outside the conversation.

    `text` is blanked once it is sent, for it may hold a one-time code; the demo keeps it
    to show it.
    """

    __tablename__ = "outbox_messages"

    customer_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("customers.id", ondelete="CASCADE"), index=True
    )
    conversation_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("conversations.id", ondelete="CASCADE"), index=True
    )
    """What it was written in, where it goes to an address that is not on file."""
    kind: Mapped[ContactKind] = mapped_column(states(ContactKind))
    address: Mapped[str]
    language: Mapped[Language]
    text: Mapped[str] = mapped_column(Text)
    attempts: Mapped[int] = mapped_column(default=0)
    not_before: Mapped[datetime] = mapped_column(index=True)
    sent_at: Mapped[datetime | None]
    given_up_at: Mapped[datetime | None]
