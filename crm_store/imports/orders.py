"""Takes orders into the store."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID, uuid4

from crm_store.customers.addresses import DeliveryAddress
from crm_store.customers.models import Customer
from crm_store.imports.report import Change, RowRefused, assign
from crm_store.imports.repository import ImportRepository
from crm_store.imports.rows import OrderRow
from crm_store.invoices.models import invoice_for
from crm_store.orders.models import Order, OrderLine

_LINE = ("position", "product_id", "sku", "title", "quantity", "unit_price")


class OrderIntake:
    """Adds an order of a known customer, or changes it to what the row says.

    An order that has left is invoiced, once.
    """

    row = OrderRow

    def __init__(self, repository: ImportRepository) -> None:
        self._repository = repository
        self._known: dict[str, Order] = {}
        self._new: list[Order] = []
        self._customers: dict[str, Customer] = {}
        self._invoiced: set[str] = set()
        self._products: dict[str, UUID] = {}

    async def prepare(self, rows: Sequence[OrderRow]) -> None:
        """Look up all that a batch of rows may touch."""
        self._known = await self._repository.orders(row.number for row in rows)
        self._customers = await self._repository.customers(row.customer for row in rows)
        self._invoiced = await self._repository.invoiced(row.number for row in rows)
        self._products = await self._repository.product_ids(_skus(rows))

    def take(self, row: OrderRow) -> Change:
        """Take one row of the batch; an unknown customer's is refused."""
        if row.customer not in self._customers:
            raise RowRefused("customer: there is none with this number")
        order = self._known.get(row.number)
        change = self._add(row) if order is None else self._change(order, row)
        self._invoice(self._known[row.number])
        if change is not Change.unchanged:
            self._new.append(self._known[row.number])
        return change

    async def tell_suggestions(self) -> None:
        """Note of which suggestions the orders came that are new, or other than they were."""
        await self._repository.attribute(self._new)

    async def learn(self, *, at: datetime) -> None:
        """Conclude what the customers of the batch like, once their orders are in."""
        await self._repository.learn({customer.id for customer in self._customers.values()}, at=at)

    def _add(self, row: OrderRow) -> Change:
        customer = self._customers[row.customer]
        place = row.place or customer.address
        order = Order(
            id=uuid4(),
            number=row.number,
            lines=self._lines(row),
            address=place and DeliveryAddress.at(place, row.recipient or customer.name),
            **self._facts(row),
        )
        self._known[row.number] = order
        self._repository.add(order)
        return Change.added

    def _change(self, order: Order, row: OrderRow) -> Change:
        lines = self._lines(row)
        changes = [assign(order, **self._facts(row)), self._deliver(order, row)]
        if [_said(line) for line in order.lines] != [_said(line) for line in lines]:
            order.lines = lines
            changes.append(True)
        return Change.changed if any(changes) else Change.unchanged

    def _deliver(self, order: Order, row: OrderRow) -> bool:
        # A row without an address leaves the one that the customer may have given since.
        if row.place is None:
            return False
        recipient = row.recipient or self._customers[row.customer].name
        return assign(order, address=DeliveryAddress.at(row.place, recipient))

    def _invoice(self, order: Order) -> None:
        if order.has_left and order.number not in self._invoiced:
            self._repository.add(invoice_for(order))
            self._invoiced.add(order.number)

    def _facts(self, row: OrderRow) -> dict[str, object]:
        return {
            "customer_id": self._customers[row.customer].id,
            "placed_at": row.placed_at,
            "state": row.state,
            "currency": row.currency,
            "total": sum(line.quantity * line.price for line in row.lines),
            "expected_on": row.expected_on,
            "shipped_at": row.shipped_at,
            "delivered_at": row.delivered_at,
            "carrier": row.carrier,
            "tracking": row.tracking,
        }

    def _lines(self, row: OrderRow) -> list[OrderLine]:
        return [
            OrderLine(
                position=position,
                product_id=self._products.get(line.sku),
                sku=line.sku,
                title=line.title,
                quantity=line.quantity,
                unit_price=line.price,
            )
            for position, line in enumerate(row.lines, start=1)
        ]


def _skus(rows: Sequence[OrderRow]) -> Iterable[str]:
    return (line.sku for row in rows for line in row.lines)


def _said(line: OrderLine) -> tuple[object, ...]:
    return tuple(getattr(line, name) for name in _LINE)
