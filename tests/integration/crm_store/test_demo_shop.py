import pytest
from sqlalchemy import func, select

from crm_store.catalogue.models import Product, ProductVector
from crm_store.customers.models import Customer
from crm_store.db import SessionFactory
from crm_store.demo.fill import fill
from crm_store.orders.models import Order
from tests.encoders import HashingEncoder

pytestmark = [pytest.mark.integration, pytest.mark.anyio]


async def test_an_empty_store_is_filled_once(sessions: SessionFactory) -> None:
    encoder = HashingEncoder()

    for _ in range(2):
        await fill(sessions, encoder)

    async with sessions() as session:
        products, vectors, customers, orders = [
            await session.scalar(select(func.count(table.id)))
            for table in (Product, ProductVector, Customer, Order)
        ]
    assert products
    assert customers
    assert orders
    assert vectors == 2 * products == encoder.encoded
