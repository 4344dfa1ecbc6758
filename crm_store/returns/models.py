"""A return or exchange, what is in it, and the money that is owed to a customer."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Sequence
from sqlalchemy.orm import Mapped, mapped_column, relationship

from crm_store.base import Base, Record, states
from crm_store.errors import ReturnClosed

NUMBERS = Sequence("return_numbers", start=1001, metadata=Base.metadata)


class ReturnKind(StrEnum):
    """What the customer wants for it."""

    money_back = "return"
    exchange = "exchange"


class Reason(StrEnum):
    """Why something goes back."""

    damaged = "damaged"
    defective = "defective"
    wrong_item = "wrong_item"
    not_as_described = "not_as_described"
    missing_parts = "missing_parts"
    too_late = "too_late"
    wrong_size = "wrong_size"
    dislike = "dislike"
    changed_mind = "changed_mind"
    ordered_twice = "ordered_twice"
    cheaper_elsewhere = "cheaper_elsewhere"
    other = "other"
    """Whatever else, or nothing that the customer wants to say: nobody needs a reason."""

    @property
    def ours(self) -> bool:
        """Whether it is the shop's doing, so that it costs the customer nothing."""
        return self in _OURS


_OURS = frozenset(
    {
        *(Reason.damaged, Reason.defective, Reason.wrong_item),
        *(Reason.not_as_described, Reason.missing_parts, Reason.too_late),
    }
)


class ReturnState(StrEnum):
    """How far a return has come."""

    announced = "announced"
    received = "received"
    refunded = "refunded"
    exchanged = "exchanged"
    rejected = "rejected"


class Return(Record):
    """Something of one order on its way back."""

    __tablename__ = "returns"

    number: Mapped[str] = mapped_column(unique=True)
    customer_id: Mapped[UUID] = mapped_column(
        ForeignKey("customers.id", ondelete="CASCADE"), index=True
    )
    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.id", ondelete="CASCADE"), index=True)
    order_number: Mapped[str]
    kind: Mapped[ReturnKind] = mapped_column(states(ReturnKind))
    reason: Mapped[Reason | None] = mapped_column(states(Reason))
    state: Mapped[ReturnState] = mapped_column(states(ReturnState), default=ReturnState.announced)
    label: Mapped[str]
    """The code that the parcel is handed in with."""
    replacement_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("products.id", ondelete="SET NULL")
    )
    refund_amount: Mapped[Decimal]
    """What the customer gets back; nothing where an exchange costs as much or more."""
    surcharge: Mapped[Decimal] = mapped_column(default=Decimal(0))
    """What the customer pays on top for a dearer replacement."""
    currency: Mapped[str]
    received_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    lines: Mapped[list["ReturnLine"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="ReturnLine.position"
    )

    @property
    def counts(self) -> bool:
        """Whether its pieces are gone from the order: all but those of a rejected return."""
        return self.state is not ReturnState.rejected

    def receive(self, at: datetime) -> None:
        """Note that the parcel has come."""
        self._demand(ReturnState.announced)
        self.state, self.received_at = ReturnState.received, at

    def settle(self, at: datetime) -> None:
        """Note that the customer has their money, or the replacement is on its way."""
        self._demand(ReturnState.received)
        exchanged = self.kind is ReturnKind.exchange
        self.state = ReturnState.exchanged if exchanged else ReturnState.refunded
        self.closed_at = at

    def reject(self, at: datetime) -> None:
        """Note that what came cannot be taken back."""
        self._demand(ReturnState.received)
        self.state, self.closed_at = ReturnState.rejected, at

    def _demand(self, state: ReturnState) -> None:
        if self.state is not state:
            raise ReturnClosed(f"return {self.id} is {self.state}, not {state}")


class ReturnLine(Record):
    """So many pieces of one item that go back, at the price they were sold at."""

    __tablename__ = "return_lines"

    return_id: Mapped[UUID] = mapped_column(ForeignKey(Return.id, ondelete="CASCADE"), index=True)
    position: Mapped[int]
    sku: Mapped[str]
    title: Mapped[str]
    quantity: Mapped[int]
    unit_price: Mapped[Decimal]


class Why(StrEnum):
    """What money is owed for."""

    give_back = "return"
    cancellation = "cancellation"


class RefundState(StrEnum):
    """Whether the money has gone out."""

    due = "due"
    paid = "paid"


class Refund(Record):
    """Money that goes back to a customer for one order."""

    __tablename__ = "refunds"

    customer_id: Mapped[UUID] = mapped_column(
        ForeignKey("customers.id", ondelete="CASCADE"), index=True
    )
    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.id", ondelete="CASCADE"), index=True)
    order_number: Mapped[str]
    return_id: Mapped[UUID | None] = mapped_column(
        ForeignKey(Return.id, ondelete="CASCADE"), unique=True
    )
    why: Mapped[Why] = mapped_column(states(Why))
    state: Mapped[RefundState] = mapped_column(states(RefundState), default=RefundState.due)
    amount: Mapped[Decimal]
    currency: Mapped[str]
    due_on: Mapped[date]
    """By when it is paid."""
    paid_at: Mapped[datetime | None]

    def pay(self, at: datetime) -> None:
        """Note that the money has gone out, once."""
        if self.state is RefundState.due:
            self.state, self.paid_at = RefundState.paid, at
