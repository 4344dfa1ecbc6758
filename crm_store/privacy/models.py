"""What customers have allowed and forbidden, and their wishes to be forgotten."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from crm_store.base import Language, Record, states
from crm_store.errors import ErasureIsOver


class ConsentKind(StrEnum):
    """What a customer may allow the shop to do."""

    newsletter = "newsletter"
    phone = "phone"
    sms = "sms"
    post = "post"
    suggestions = "suggestions"
    recording = "recording"


class Consent(Record):
    """That somebody has allowed something, or withdrawn it. Rows are only added: the last counts.

    It belongs to a customer, to a contact (a newsletter of which nothing else is known), or both.
    """

    __tablename__ = "consents"

    customer_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("customers.id", ondelete="CASCADE"), index=True
    )
    contact: Mapped[str | None] = mapped_column(index=True)
    kind: Mapped[ConsentKind] = mapped_column(states(ConsentKind))
    given: Mapped[bool]
    text_version: Mapped[str]
    """Of the wording that was agreed to, as the shop's policies name it."""
    language: Mapped[Language]
    conversation_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("conversations.id", ondelete="SET NULL"), index=True
    )
    cause: Mapped[UUID | None]
    """The message by which it was given or withdrawn."""


class ErasureRequest(Record):
    """A customer's wish to be forgotten, carried out after a time in which they may think again."""

    __tablename__ = "erasure_requests"

    customer_id: Mapped[UUID] = mapped_column(
        ForeignKey("customers.id", ondelete="CASCADE"), index=True
    )
    asked_at: Mapped[datetime]
    due_at: Mapped[datetime] = mapped_column(index=True)
    mentioned_at: Mapped[datetime | None]
    """When they were reminded of it at a later contact; once is enough."""
    withdrawn_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]

    @property
    def pending(self) -> bool:
        """Whether it will still be carried out, and can be withdrawn."""
        return self.withdrawn_at is None and self.done_at is None

    def withdraw(self, at: datetime) -> None:
        """Take it back, or raise ErasureIsOver."""
        if not self.pending:
            raise ErasureIsOver(f"erasure {self.id}")
        self.withdrawn_at = at
