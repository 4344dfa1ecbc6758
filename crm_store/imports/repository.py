"""Every query of an import: what the store has already."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from crm_store.catalogue.models import Product
from crm_store.customers.models import Customer, Interest, InterestSource
from crm_store.interests.learning import learn_from_orders
from crm_store.invoices.models import Invoice
from crm_store.orders.models import Order
from crm_store.proof.attribution import attribute, purchases
from crm_store.shop.watching import announce_back_in_stock

LOCK = 7_215_006


class ImportRepository:
    """Finds what rows of a file may change, by the shop's own numbers.

    For the shop itself, not for a conversation: no customer's proof is asked for.
    """

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def one_at_a_time(self) -> None:
        """Wait until no other import writes, and keep others waiting until this one has written.

        Two that read before either has written would both add the same rows.
        """
        await self._session.execute(select(func.pg_advisory_xact_lock(LOCK)))

    async def products(self, skus: Iterable[str]) -> dict[str, Product]:
        """Return the products with their texts."""
        rows = await self._session.scalars(
            select(Product).where(Product.sku.in_(set(skus))).options(selectinload(Product.texts))
        )
        return {product.sku: product for product in rows}

    async def product_ids(self, skus: Iterable[str]) -> dict[str, UUID]:
        """Return the products' ids."""
        rows = await self._session.execute(
            select(Product.sku, Product.id).where(Product.sku.in_(set(skus)))
        )
        return {row[0]: row[1] for row in rows}

    async def customers(self, numbers: Iterable[str]) -> dict[str, Customer]:
        """Return the customers with their contacts."""
        rows = await self._session.scalars(
            select(Customer)
            .where(Customer.number.in_(set(numbers)))
            .options(selectinload(Customer.contacts))
        )
        return {customer.number: customer for customer in rows}

    async def imported_interests(self, customers: Sequence[UUID]) -> dict[UUID, set[str]]:
        """Return what earlier imports said that the customers like."""
        rows = await self._session.execute(
            select(Customer.id, Interest.text)
            .join(Interest, Interest.customer_id == Customer.id)
            .where(Customer.id.in_(customers), Interest.source == InterestSource.imported)
        )
        known: dict[UUID, set[str]] = {}
        for customer, text in rows:
            known.setdefault(customer, set()).add(text)
        return known

    async def orders(self, numbers: Iterable[str]) -> dict[str, Order]:
        """Return the orders with their lines."""
        rows = await self._session.scalars(
            select(Order).where(Order.number.in_(set(numbers))).options(selectinload(Order.lines))
        )
        return {order.number: order for order in rows}

    async def invoiced(self, orders: Iterable[str]) -> set[str]:
        """Return the numbers of those orders that have an invoice."""
        rows = await self._session.scalars(
            select(Order.number)
            .join(Invoice, Invoice.order_id == Order.id)
            .where(Order.number.in_(set(orders)))
        )
        return set(rows)

    async def announce_back(self, product_id: UUID, *, at: datetime) -> None:
        """Write to everybody who waits for a product that is back in stock."""
        await announce_back_in_stock(self._session, product_id, at=at)

    async def attribute(self, orders: Iterable[Order]) -> None:
        """Give the suggestions that the orders came of their outcome."""
        await attribute(self._session, [one for order in orders for one in purchases(order)])

    async def learn(self, customers: Collection[UUID], *, at: datetime) -> None:
        """Conclude what customers like from their orders."""
        await learn_from_orders(self._session, customers, at=at)

    def add(self, record: Product | Customer | Interest | Order | Invoice) -> None:
        """Write down something new."""
        self._session.add(record)
