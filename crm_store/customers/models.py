"""Who a customer is, how to reach them, what they like, and how they prove it."""

from datetime import datetime, timedelta
from enum import IntEnum, StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, composite, mapped_column, relationship

from crm_store.base import Language, Record, states, utc_now
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


class InterestKind(StrEnum):
    """Whether an interest was said, seen in what somebody did, or concluded from that."""

    stated = "stated"
    observed = "observed"
    inferred = "inferred"


class InterestSource(StrEnum):
    """How an interest became known; the shop's policies have the terms of each."""

    stated = "stated"
    imported = "imported"
    viewed = "viewed"
    asked = "asked"
    bought = "bought"
    returned = "returned"
    inferred = "inferred"

    @property
    def kind(self) -> InterestKind:
        """What kind of knowledge it is; what a shop brings in, it was once told."""
        match self:
            case InterestSource.stated | InterestSource.imported:
                return InterestKind.stated
            case InterestSource.inferred:
                return InterestKind.inferred
            case _:
                return InterestKind.observed


class Facet(StrEnum):
    """What of a product an interest may be in, beside the product itself."""

    creator = "creator"
    genre = "genre"


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


class CustomerPin(Record):
    """By which a customer shows on the phone who they are; of the digits only a hash is kept."""

    __tablename__ = "customer_pins"
    __table_args__ = (UniqueConstraint("customer_id"),)

    customer_id: Mapped[UUID] = mapped_column(ForeignKey(Customer.id, ondelete="CASCADE"))
    pin_hash: Mapped[str]
    set_at: Mapped[datetime]
    wrong: Mapped[int] = mapped_column(default=0)
    """How often in a row another was tried."""
    locked_until: Mapped[datetime | None]


class Interest(Record):
    """What a customer likes, or does not, and where it was learned.

    It belongs to a conversation until that conversation's customer is verified. What is stated is
    kept each time; what is observed or concluded is one row that grows when it is seen again.
    """

    __tablename__ = "interests"
    __table_args__ = (
        Index(
            "uq_interests_observed",
            *("customer_id", "product_id", "source"),
            unique=True,
            postgresql_where=text("source <> 'stated'"),
        ),
        Index(
            "uq_interests_inferred",
            *("customer_id", "facet", "text", "source"),
            unique=True,
            postgresql_where=text("source = 'inferred'"),
        ),
    )

    customer_id: Mapped[UUID | None] = mapped_column(
        ForeignKey(Customer.id, ondelete="CASCADE"), index=True
    )
    conversation_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("conversations.id", ondelete="CASCADE"), index=True
    )
    text: Mapped[str] = mapped_column(Text)
    """The customer's own words, a product's title, or the catalogue's name of a facet."""
    language: Mapped[Language]
    source: Mapped[InterestSource] = mapped_column(states(InterestSource))
    product_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("products.id", ondelete="CASCADE"), index=True
    )
    """The product that was seen, bought or is never wanted."""
    facet: Mapped[Facet | None] = mapped_column(states(Facet))
    """Where it is in all of a sort: what the text is the name of."""
    strength: Mapped[float] = mapped_column(default=1.0, server_default="1")
    """At the moment it was learned: from -1, never wanted, to 1; it halves as policies say."""
    learned_at: Mapped[datetime] = mapped_column(default=utc_now, server_default=func.now())
    """When it was last learned; what is seen again is learned anew."""
    message_id: Mapped[UUID | None]
    event_id: Mapped[int | None] = mapped_column(ForeignKey("events.id", ondelete="SET NULL"))
    """What it was learned from: a customer's message, or an event of the shop's."""
    forgotten_at: Mapped[datetime | None]
    """Since when it counts no more, at the customer's wish; else it would be concluded again."""


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
