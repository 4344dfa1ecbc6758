import pytest
from sqlalchemy import func, select

from crm_store.catalogue.models import Product, ProductVector
from crm_store.customers.models import Customer
from crm_store.db import SessionFactory
from crm_store.demo.fill import fill
from crm_store.invoices.models import Invoice
from crm_store.orders.models import Order
from tests.encoders import HashingEncoder

pytestmark = [pytest.mark.integration, pytest.mark.anyio]


async def test_an_empty_store_is_filled_once(sessions: SessionFactory) -> None:
    encoder = HashingEncoder()

    for _ in range(2):
        await fill(sessions, encoder)

    async with sessions() as session:
        products, vectors, customers, orders, invoices = [
            await session.scalar(select(func.count(table.id)))
            for table in (Product, ProductVector, Customer, Order, Invoice)
        ]
    assert products
    assert customers
    assert orders
    assert invoices
    assert vectors == 2 * products == encoder.encoded


async def test_whoever_ordered_is_delivered_to_at_home(sessions: SessionFactory) -> None:
    await fill(sessions, HashingEncoder())

    async with sessions() as session:
        homes = await session.execute(
            select(Order, Customer).join(Customer, Customer.id == Order.customer_id)
        )
        for order, customer in homes:
            assert order.address is not None
            assert order.address.place == customer.address
            assert order.address.recipient == customer.name
