"""A matter that a person must see to."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Sequence, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from crm_store.base import Base, Language, Record, states
from crm_store.errors import CaseClosed

MOST_TAGS = 10
LONGEST_TAG = 40
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
    follow_up = "follow_up"
    """What an agent has promised to come back to."""
    other = "other"


class CaseState(StrEnum):
    """Whether somebody still has to see to it."""

    open = "open"
    waiting = "waiting"
    """The customer has been asked something; it comes back when it is due."""
    closed = "closed"


class Case(Record):
    """What went wrong, in the customer's words, and by when somebody answers."""

    __tablename__ = "cases"
    __table_args__ = (
        Index("ix_cases_due", "promised_by", postgresql_where=text("state <> 'closed'")),
    )

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
    """When it is due, and comes back to the desk by itself."""
    closed_at: Mapped[datetime | None]
    agent_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("agents.id", ondelete="SET NULL"), index=True
    )
    """Who sees to it; nobody's is everybody's."""
    tags: Mapped[list[str]] = mapped_column(JSONB, default=list, server_default="[]")

    def close(self, at: datetime) -> None:
        """Note that it is settled."""
        self.state, self.closed_at = CaseState.closed, at

    def reopen(self, state: CaseState) -> None:
        """Note that somebody has to see to it, or that the customer is waited for."""
        self.state, self.closed_at = state, None

    def postpone(self, due: datetime) -> None:
        """Have it come back at another moment; raise CaseClosed for one that is settled."""
        if self.state is CaseState.closed:
            raise CaseClosed(self.number)
        self.promised_by = due

    def tag(self, tags: Iterable[str]) -> None:
        """Give it these tags in place of those it has: each once, in small letters."""
        tidied = (" ".join(tag.split()).casefold()[:LONGEST_TAG] for tag in tags)
        self.tags = list(dict.fromkeys(filter(None, tidied)))[:MOST_TAGS]

    def add(self, words: str) -> None:
        """Take down what else the customer has to say about it."""
        self.text = f"{self.text}\n{words}"
