"""An invoice: what an order that has left was charged at."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import ForeignKey, Sequence, func
from sqlalchemy.orm import Mapped, mapped_column, relationship

from crm_store.base import Base, Record
from crm_store.orders.models import Order

NUMBERS = Sequence("invoice_numbers", start=1001, metadata=Base.metadata)


class Invoice(Record):
    """The one invoice of an order; once issued it is never changed.

    It names nobody, and outlives the order's row: the law keeps invoices for years.
    """

    __tablename__ = "invoices"

    number: Mapped[str] = mapped_column(
        unique=True, default=func.concat("R-", NUMBERS.next_value())
    )
    order_id: Mapped[UUID | None] = mapped_column(
        ForeignKey(Order.id, ondelete="SET NULL"), unique=True
    )
    order_number: Mapped[str]
    issued_on: Mapped[date]
    currency: Mapped[str]
    total: Mapped[Decimal]
    order: Mapped[Order | None] = relationship(lazy="raise")


def invoice_for(order: Order) -> Invoice:
    """Return the invoice of an order that has left, as of that day."""
    return Invoice(
        order=order,
        order_number=order.number,
        issued_on=(order.shipped_at or order.placed_at).date(),
        currency=order.currency,
        total=order.total,
    )
