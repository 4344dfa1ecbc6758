"""Who a customer is, how to reach them, what they like, and how they prove it."""

from datetime import datetime
from enum import IntEnum, StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from crm_store.base import Language, Record, states


class Level(IntEnum):
    """How well the customer of a conversation is known; a higher one includes the lower."""

    anonymous = 0
    claimed = 1
    verified = 2
    strong = 3


class ContactKind(StrEnum):
    """Ways to reach a customer outside the conversation."""

    email = "email"
    phone = "phone"


class InterestSource(StrEnum):
    """How an interest became known."""

    stated = "stated"
    bought = "bought"
    imported = "imported"


class Customer(Record):
    """A person whom the shop knows."""

    __tablename__ = "customers"

    number: Mapped[str] = mapped_column(unique=True)
    given_name: Mapped[str]
    family_name: Mapped[str]
    language: Mapped[Language]
    since: Mapped[datetime]
    contacts: Mapped[list["ContactPoint"]] = relationship(
        lazy="raise", back_populates="customer", cascade="all, delete-orphan"
    )

    @property
    def name(self) -> str:
        """The name as it is written on a letter."""
        return f"{self.given_name} {self.family_name}"


class ContactPoint(Record):
    """An address on file: an e-mail in lower case, or a phone number in E.164."""

    __tablename__ = "contact_points"
    __table_args__ = (
        UniqueConstraint("customer_id", "kind", "value"),
        Index(None, "kind", "value"),
    )

    customer_id: Mapped[UUID] = mapped_column(ForeignKey(Customer.id, ondelete="CASCADE"))
    kind: Mapped[ContactKind] = mapped_column(states(ContactKind))
    value: Mapped[str]
    customer: Mapped[Customer] = relationship(lazy="raise", back_populates="contacts")


class Interest(Record):
    """What a customer likes, in their own words, and where it was learned.

    It belongs to a conversation until that conversation's customer is verified.
    """

    __tablename__ = "interests"

    customer_id: Mapped[UUID | None] = mapped_column(
        ForeignKey(Customer.id, ondelete="CASCADE"), index=True
    )
    conversation_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("conversations.id", ondelete="CASCADE"), index=True
    )
    text: Mapped[str] = mapped_column(Text)
    language: Mapped[Language]
    source: Mapped[InterestSource] = mapped_column(states(InterestSource))
    message_id: Mapped[UUID | None]


class OneTimeCode(Record):
    """A code sent to a contact on file; only its hash is kept.

    A request that matched no customer leaves a row as well, so that limits count it alike.
    """

    __tablename__ = "one_time_codes"

    conversation_id: Mapped[UUID] = mapped_column(
        ForeignKey("conversations.id", ondelete="CASCADE"), index=True
    )
    customer_id: Mapped[UUID | None] = mapped_column(
        ForeignKey(Customer.id, ondelete="CASCADE"), index=True
    )
    code_hash: Mapped[str]
    expires_at: Mapped[datetime]
    tries: Mapped[int] = mapped_column(default=0)
    used_at: Mapped[datetime | None]
