"""Ordering from a shop whose orders the store keeps."""

import asyncio
from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from crm_store.catalogue.models import Product
from crm_store.conversations.models import Conversation
from crm_store.customers.addresses import DeliveryAddress, PostalAddress
from crm_store.customers.models import Level
from crm_store.db import SessionFactory
from crm_store.errors import (
    LevelTooLow,
    NoAddress,
    NotDeliverable,
    NotInStock,
    ProductNotFound,
    StoreError,
)
from crm_store.insight.models import Event
from crm_store.orders.models import Order, OrderState
from crm_store.shop.own import OwnShop
from crm_store.shop.protocol import Basket
from tests.builders import NOW, a_conversation, a_customer, a_product, an_order
from tests.integration.actions.conftest import kept

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

HOME = PostalAddress("Hauptstraße 5", "10115", "Berlin", "DE")


def two(sku: str = "SKU-AIDA", *, quantity: int = 2, delivery: str = "standard") -> Basket:
    return Basket(sku, quantity, delivery=delivery, payment="invoice")


async def with_a_customer(
    sessions: SessionFactory, *, home: PostalAddress | None = HOME, stock: int = 3
) -> tuple[Conversation, Product]:
    ana, aida = a_customer(), a_product("Aida", stock=stock)
    ana.address = home
    hers = a_conversation(of=ana, level=Level.verified)
    await kept(sessions, ana, aida, hers)
    return hers, aida


async def placed(sessions: SessionFactory, hers: Conversation, basket: Basket) -> Order:
    async with sessions.begin() as session:
        return await OwnShop().place(session, hers, basket, at=NOW, cause=uuid4())


async def test_a_quote_has_the_goods_the_delivery_and_the_day(sessions: SessionFactory) -> None:
    await with_a_customer(sessions)

    async with sessions() as session:
        quote = await OwnShop().quote(session, two(), at=NOW)

    assert (quote.goods, quote.delivery_cost, quote.total) == (
        Decimal("39.80"),
        Decimal("3.90"),
        Decimal("43.70"),
    )
    assert quote.arrives_on == date(2026, 11, 27)


async def test_an_order_goes_to_the_address_on_file_and_leaves_the_stock(
    sessions: SessionFactory,
) -> None:
    hers, aida = await with_a_customer(sessions)

    order = await placed(sessions, hers, two())

    async with sessions() as session:
        kept_ = await session.get_one(Order, order.id)
        assert kept_.state is OrderState.placed
        assert kept_.address == DeliveryAddress.at(HOME, "Ana Ruiz")
        assert (kept_.total, kept_.delivery_cost) == (Decimal("43.70"), Decimal("3.90"))
        assert (kept_.delivery, kept_.payment) == ("standard", "invoice")
        assert (await session.get_one(Product, aida.id)).stock == 1
        placed_ = (await session.scalars(select(Event))).one()
    assert placed_.facts == {"order": order.number, "product": "SKU-AIDA", "quantity": 2}


async def test_the_last_piece_is_sold_once(sessions: SessionFactory) -> None:
    hers, aida = await with_a_customer(sessions, stock=1)

    orders = await asyncio.gather(
        *(placed(sessions, hers, two(quantity=1)) for _ in range(3)), return_exceptions=True
    )

    assert sorted(type(order).__name__ for order in orders) == ["NotInStock", "NotInStock", "Order"]
    async with sessions() as session:
        assert (await session.get_one(Product, aida.id)).stock == 0
        assert await session.scalar(select(func.count()).select_from(Order)) == 1


async def test_a_number_that_an_imported_order_has_is_passed_over(
    sessions: SessionFactory,
) -> None:
    hers, _ = await with_a_customer(sessions, stock=9)
    first = await placed(sessions, hers, two(quantity=1))
    following = f"A-{int(first.number.removeprefix('A-')) + 1}"
    ben = a_customer(number="C-2", email="ben@example.com")
    await kept(sessions, ben, an_order(ben, number=following))

    second = await placed(sessions, hers, two(quantity=1))

    assert second.number not in {first.number, following}


@pytest.mark.parametrize(
    ("home", "basket", "refusal"),
    [
        (HOME, two(quantity=4), NotInStock),
        (HOME, two("SKU-NABUCCO"), ProductNotFound),
        (None, two(), NoAddress),
        (PostalAddress("1 High Street", "SW1A 1AA", "London", "GB"), two(), NotDeliverable),
    ],
)
async def test_what_cannot_be_delivered_is_not_ordered(
    sessions: SessionFactory,
    home: PostalAddress | None,
    basket: Basket,
    refusal: type[StoreError],
) -> None:
    hers, aida = await with_a_customer(sessions, home=home)

    with pytest.raises(refusal):
        await placed(sessions, hers, basket)

    async with sessions() as session:
        assert await session.scalar(select(func.count()).select_from(Order)) == 0
        assert (await session.get_one(Product, aida.id)).stock == 3


async def test_what_is_picked_up_needs_no_address(sessions: SessionFactory) -> None:
    hers, _ = await with_a_customer(sessions, home=None)

    order = await placed(sessions, hers, two(delivery="pickup"))

    assert (order.address, order.total) == (None, Decimal("39.80"))


async def test_nobody_unproved_orders(sessions: SessionFactory) -> None:
    hers, _ = await with_a_customer(sessions)
    hers.level = Level.claimed

    with pytest.raises(LevelTooLow):
        await placed(sessions, hers, two())
