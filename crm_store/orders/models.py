"""An order, its lines, and the rule for cancelling it."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from crm_store.base import Record, states
from crm_store.errors import OrderNotCancellable


class OrderState(StrEnum):
    """Where an order stands."""

    placed = "placed"
    shipped = "shipped"
    delivered = "delivered"
    cancelled = "cancelled"
    returned = "returned"


class Order(Record):
    """What a customer bought at once."""

    __tablename__ = "orders"

    number: Mapped[str] = mapped_column(unique=True)
    customer_id: Mapped[UUID] = mapped_column(
        ForeignKey("customers.id", ondelete="CASCADE"), index=True
    )
    placed_at: Mapped[datetime] = mapped_column(index=True)
    state: Mapped[OrderState] = mapped_column(states(OrderState))
    currency: Mapped[str]
    total: Mapped[Decimal]
    expected_on: Mapped[date | None]
    shipped_at: Mapped[datetime | None]
    delivered_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    carrier: Mapped[str | None]
    tracking: Mapped[str | None]
    lines: Mapped[list["OrderLine"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="OrderLine.position"
    )

    @property
    def cancellable(self) -> bool:
        """Whether the order is still in the house."""
        return self.state is OrderState.placed

    def cancel(self, at: datetime) -> None:
        """Cancel the whole order, unless it has left or has ended."""
        if not self.cancellable:
            raise OrderNotCancellable(f"order {self.id} is {self.state}")
        self.state = OrderState.cancelled
        self.cancelled_at = at


class OrderLine(Record):
    """One product of an order, as it was sold."""

    __tablename__ = "order_lines"

    order_id: Mapped[UUID] = mapped_column(ForeignKey(Order.id, ondelete="CASCADE"), index=True)
    position: Mapped[int]
    product_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("products.id", ondelete="SET NULL"), index=True
    )
    sku: Mapped[str]
    title: Mapped[str]
    quantity: Mapped[int]
    unit_price: Mapped[Decimal]
