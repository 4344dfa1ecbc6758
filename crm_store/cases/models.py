"""A matter that a person must see to."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Sequence, Text
from sqlalchemy.orm import Mapped, mapped_column

from crm_store.base import Base, Language, Record, states

NUMBERS = Sequence("case_numbers", start=1001, metadata=Base.metadata)


class CaseKind(StrEnum):
    """What a case is about; each has a promise of its own in the shop's policies."""

    complaint = "complaint"
    damaged = "damaged"
    wrong_item = "wrong_item"
    missing = "missing"
    invoice = "invoice"
    payment = "payment"
    login = "login"
    privacy = "privacy"
    other = "other"


class CaseState(StrEnum):
    """Whether somebody still has to see to it."""

    open = "open"
    closed = "closed"


class Case(Record):
    """What went wrong, in the customer's words, and by when somebody answers."""

    __tablename__ = "cases"

    number: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[CaseKind] = mapped_column(states(CaseKind), index=True)
    state: Mapped[CaseState] = mapped_column(states(CaseState), default=CaseState.open)
    conversation_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("conversations.id", ondelete="SET NULL"), index=True
    )
    customer_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("customers.id", ondelete="CASCADE"), index=True
    )
    order_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("orders.id", ondelete="SET NULL"), index=True
    )
    language: Mapped[Language]
    text: Mapped[str] = mapped_column(Text)
    reply_to: Mapped[str | None]
    """Where to answer, if the customer has said so: an e-mail address or a telephone number."""
    promised_by: Mapped[datetime]
    closed_at: Mapped[datetime | None]

    def add(self, words: str) -> None:
        """Take down what else the customer has to say about it."""
        self.text = f"{self.text}\n{words}"
