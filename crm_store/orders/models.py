"""An order, its lines, and the rules for changing and cancelling it."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, composite, mapped_column, relationship

from crm_store.base import Language, Record, states
from crm_store.catalogue.models import Product
from crm_store.customers.addresses import DeliveryAddress
from crm_store.errors import (
    LastLine,
    LineNotFound,
    NotInStock,
    OrderNotCancellable,
    OrderNotChangeable,
)

INVOICE = "invoice"
"""The way of paying by which nothing is paid before something is sent."""


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
    """All that is paid, delivery included."""
    delivery: Mapped[str | None]
    """The key of the way of delivery; unknown for what was not ordered here."""
    delivery_cost: Mapped[Decimal] = mapped_column(default=Decimal(0), server_default="0")
    payment: Mapped[str | None]
    expected_on: Mapped[date | None]
    shipped_at: Mapped[datetime | None]
    delivered_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    carrier: Mapped[str | None]
    tracking: Mapped[str | None]
    address: Mapped[DeliveryAddress | None] = composite(
        mapped_column("recipient", nullable=True),
        mapped_column("street", nullable=True),
        mapped_column("postcode", nullable=True),
        mapped_column("town", nullable=True),
        mapped_column("country", nullable=True),
    )
    lines: Mapped[list["OrderLine"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="OrderLine.position"
    )

    @property
    def cancellable(self) -> bool:
        """Whether the order is still in the house."""
        return self.state is OrderState.placed

    @property
    def changeable(self) -> bool:
        """Whether the order is still in the house, so that its contents and address can change."""
        return self.state is OrderState.placed

    @property
    def under_way(self) -> bool:
        """Whether the order has still to arrive."""
        return self.state in {OrderState.placed, OrderState.shipped}

    @property
    def has_left(self) -> bool:
        """Whether the order has been sent, which is when it is invoiced."""
        return self.state in {OrderState.shipped, OrderState.delivered, OrderState.returned}

    @property
    def paid(self) -> bool:
        """Whether money has come for it; an invoice is paid after the parcel has arrived."""
        return self.payment != INVOICE

    def days_late(self, today: date) -> int:
        """Return by how many days the expected day has passed; none once it has arrived."""
        if not self.under_way or self.expected_on is None:
            return 0
        return max((today - self.expected_on).days, 0)

    def cancel(self, at: datetime) -> None:
        """Cancel the whole order, unless it has left or has ended."""
        if not self.cancellable:
            raise OrderNotCancellable(f"order {self.id} is {self.state}")
        self.state = OrderState.cancelled
        self.cancelled_at = at

    def line(self, sku: str) -> "OrderLine":
        """Return the item of this number, or raise LineNotFound."""
        found = next((line for line in self.lines if line.sku == sku), None)
        if found is None:
            raise LineNotFound(f"order {self.id}")
        return found

    def change_address(self, address: DeliveryAddress) -> None:
        """Have the order delivered elsewhere, as long as it has not left."""
        self._demand_changeable()
        self.address = address

    def change_quantity(self, sku: str, quantity: int, product: Product | None = None) -> None:
        """Make it so many pieces of an item; with none of them, the item goes.

        More than before are taken out of the product's stock, or it raises NotInStock.
        """
        self._demand_changeable()
        if quantity <= 0:
            self.remove_line(sku)
            return
        line = self.line(sku)
        if quantity > line.quantity:
            take_out(product, quantity - line.quantity)
        line.quantity = quantity
        self._add_up()

    def remove_line(self, sku: str) -> None:
        """Take an item out; the last one raises LastLine."""
        self._demand_changeable()
        line = self.line(sku)
        if len(self.lines) == 1:
            raise LastLine(f"order {self.id}")
        self.lines.remove(line)
        self._add_up()

    def add_line(self, product: Product, quantity: int, language: Language) -> None:
        """Put a product in at today's price, out of its stock, or raise NotInStock."""
        self._demand_changeable()
        take_out(product, quantity)
        same = next((line for line in self.lines if line.sku == product.sku), None)
        if same is None:
            last = max((line.position for line in self.lines), default=0)
            self.lines.append(_line(product, quantity, language, position=last + 1))
        else:
            same.quantity += quantity
        self._add_up()

    def swap_line(self, sku: str, product: Product, language: Language) -> None:
        """Put another product in an item's place, as many pieces at today's price."""
        self._demand_changeable()
        line = self.line(sku)
        self.add_line(product, line.quantity, language)
        self.remove_line(sku)

    def _demand_changeable(self) -> None:
        if not self.changeable:
            raise OrderNotChangeable(f"order {self.id} is {self.state}")

    def _add_up(self) -> None:
        goods = sum((line.quantity * line.unit_price for line in self.lines), Decimal(0))
        self.total = goods + (self.delivery_cost or Decimal(0))


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


def demand_stock(product: Product, quantity: int) -> None:
    """Raise NotInStock unless the shop has so many pieces left."""
    if product.stock < quantity:
        raise NotInStock(f"product {product.id}")


def take_out(product: Product | None, quantity: int) -> None:
    """Take pieces out of a product's stock, or raise NotInStock."""
    if product is None:
        raise NotInStock("the product is sold no more")
    demand_stock(product, quantity)
    product.stock -= quantity


def _line(product: Product, quantity: int, language: Language, *, position: int) -> OrderLine:
    return OrderLine(
        position=position,
        product_id=product.id,
        sku=product.sku,
        title=product.title(language),
        quantity=quantity,
        unit_price=product.price,
    )
