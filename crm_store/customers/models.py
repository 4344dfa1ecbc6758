"""Who a customer is, how to reach them, what they like, and how they prove it."""

from datetime import datetime, timedelta
from enum import IntEnum, StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, composite, mapped_column, relationship

from crm_store.base import Language, Record, states
from crm_store.customers.addresses import PostalAddress

CODES_AFTER = timedelta(days=30)
"""How long a contact is on file before a code is sent there: who has just put it in gets none."""


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


class CodePurpose(StrEnum):
    """What somebody proves with a code; a code is good for that alone."""

    identity = "identity"
    contact = "contact"
    account = "account"
    newsletter = "newsletter"
    reset = "reset"
    """No code but a link for a new password, counted like one."""


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
    address: Mapped[PostalAddress | None] = composite(
        mapped_column("street", nullable=True),
        mapped_column("postcode", nullable=True),
        mapped_column("town", nullable=True),
        mapped_column("country", nullable=True),
    )
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
    since: Mapped[datetime] = mapped_column(server_default=text("'2000-01-01 00:00:00+00'"))
    """Since when it is on file; what the shop brings in, or an account began with, is old."""
    customer: Mapped[Customer] = relationship(lazy="raise", back_populates="contacts")

    def may_get_codes(self, at: datetime) -> bool:
        """Return whether it has been on file for long enough to prove somebody by it."""
        return at - self.since >= CODES_AFTER


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
    """A code sent to a contact, on file or to be put on file; only its hash is kept.

    A request that matched no customer leaves a row as well, so that limits count it alike.
    """

    __tablename__ = "one_time_codes"

    conversation_id: Mapped[UUID] = mapped_column(
        ForeignKey("conversations.id", ondelete="CASCADE"), index=True
    )
    customer_id: Mapped[UUID | None] = mapped_column(
        ForeignKey(Customer.id, ondelete="CASCADE"), index=True
    )
    purpose: Mapped[CodePurpose] = mapped_column(
        states(CodePurpose), server_default=CodePurpose.identity.value
    )
    asker: Mapped[str | None] = mapped_column(index=True)
    """Who asked: a visitor, or the hash of a caller's number."""
    address: Mapped[str | None] = mapped_column(index=True)
    """Where it went, if that is not on file."""
    code_hash: Mapped[str]
    expires_at: Mapped[datetime]
    tries: Mapped[int] = mapped_column(default=0)
    used_at: Mapped[datetime | None]


class ShopLogin(Record):
    """A token of the shop's own login that a chat was shown; the same one proves nobody again."""

    __tablename__ = "shop_logins"

    token: Mapped[str] = mapped_column(unique=True)
    """Its number, which the shop gives to no other token (`jti`)."""
    conversation_id: Mapped[UUID] = mapped_column(
        ForeignKey("conversations.id", ondelete="CASCADE"), index=True
    )
