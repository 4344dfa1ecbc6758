"""Announcing a return: once, by whom it belongs to, with the money written down."""

import asyncio
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from crm_store.catalogue.models import Product
from crm_store.conversations.models import Conversation
from crm_store.customers.contacts import Contact
from crm_store.customers.models import Level
from crm_store.db import SessionFactory
from crm_store.errors import (
    LevelTooLow,
    NothingLeftToReturn,
    NotInStock,
    OrderNotFound,
    ReturnTooLate,
)
from crm_store.insight.models import Event
from crm_store.orders.models import OrderState
from crm_store.outbox.models import OutboxMessage
from crm_store.returns.models import (
    Reason,
    Refund,
    RefundState,
    Return,
    ReturnKind,
    ReturnState,
    Why,
)
from crm_store.returns.repository import RefundRepository, ReturnRepository
from crm_store.returns.service import Wanted, announce, receive, settle_cancellation
from crm_store.shop.repository import WatchRepository
from crm_store.strategy.repository import PolicyRepository
from tests.builders import NOW, a_conversation, a_customer, a_product, an_order
from tests.integration.actions.conftest import kept

pytestmark = [pytest.mark.integration, pytest.mark.anyio]


async def with_a_delivered_order(sessions: SessionFactory) -> Conversation:
    ana = a_customer()
    hers = a_conversation(of=ana, level=Level.verified)
    order = an_order(ana, state=OrderState.delivered, titles=("Rigoletto", "Aida"))
    await kept(sessions, ana, order, hers)
    return hers


async def announced(
    sessions: SessionFactory,
    hers: Conversation,
    pieces: Mapping[str, int],
    *,
    replacement: str | None = None,
    days_later: int = 0,
) -> Return:
    wanted = Wanted("A-17", pieces, Reason.dislike, replacement)
    async with sessions.begin() as session:
        return await announce(session, hers, wanted, at=NOW + timedelta(days=days_later))


async def test_a_return_has_a_number_and_a_label(sessions: SessionFactory) -> None:
    hers = await with_a_delivered_order(sessions)

    back = await announced(sessions, hers, {"Aida": 1})

    assert back.number.startswith("RT-")
    assert back.label.isdigit()
    assert back.refund_amount == Decimal("27.90")
    async with sessions() as session:
        assert (await session.scalars(select(Event.kind))).all() == ["return_announced"]
    assert await count(sessions, Refund) == 0


async def test_the_same_item_goes_back_once(sessions: SessionFactory) -> None:
    hers = await with_a_delivered_order(sessions)
    await announced(sessions, hers, {"Aida": 1})

    with pytest.raises(NothingLeftToReturn):
        await announced(sessions, hers, {"Aida": 1})
    await announced(sessions, hers, {"Rigoletto": 1})


async def test_of_two_at_once_one_finds_nothing_left(sessions: SessionFactory) -> None:
    hers = await with_a_delivered_order(sessions)

    both = await asyncio.gather(
        *(announced(sessions, hers, {"Aida": 1}) for _ in range(2)), return_exceptions=True
    )

    assert {type(one) for one in both} == {Return, NothingLeftToReturn}
    assert await count(sessions, Return) == 1


async def test_too_late_changes_nothing(sessions: SessionFactory) -> None:
    hers = await with_a_delivered_order(sessions)
    hers.level_seen_at = NOW + timedelta(days=31)

    with pytest.raises(ReturnTooLate):
        await announced(sessions, hers, {"Aida": 1}, days_later=31)

    assert await count(sessions, Return) == 0


async def test_somebody_elses_order_is_not_found(sessions: SessionFactory) -> None:
    await with_a_delivered_order(sessions)
    ben = a_customer(number="C-2", email="ben@example.com")
    his = a_conversation(of=ben, level=Level.verified)
    await kept(sessions, ben, his)

    with pytest.raises(OrderNotFound):
        await announced(sessions, his, {"Aida": 1})


async def test_nobody_unproved_returns_or_sees_anything(sessions: SessionFactory) -> None:
    hers = await with_a_delivered_order(sessions)
    hers.level = Level.claimed

    with pytest.raises(LevelTooLow):
        await announced(sessions, hers, {"Aida": 1})
    async with sessions() as session:
        for repository in (ReturnRepository(session), RefundRepository(session)):
            with pytest.raises(LevelTooLow):
                await repository.of(hers, at=NOW)


async def test_an_exchange_takes_the_replacement_out_of_stock(sessions: SessionFactory) -> None:
    hers = await with_a_delivered_order(sessions)
    cheaper = a_product("Nabucco", price="19.90", stock=1)
    await kept(sessions, cheaper)

    back = await announced(sessions, hers, {"Aida": 1}, replacement="SKU-NABUCCO")

    assert back.kind is ReturnKind.exchange
    assert (back.refund_amount, back.surcharge) == (Decimal("8.00"), Decimal(0))
    async with sessions() as session:
        assert (await session.get_one(Product, cheaper.id)).stock == 0


async def test_a_dearer_replacement_costs_the_difference(sessions: SessionFactory) -> None:
    hers = await with_a_delivered_order(sessions)
    await kept(sessions, a_product("Nabucco", price="30.00"))

    back = await announced(sessions, hers, {"Aida": 1}, replacement="SKU-NABUCCO")

    assert (back.refund_amount, back.surcharge) == (Decimal(0), Decimal("2.10"))
    assert await count(sessions, Refund) == 0


async def test_nothing_is_exchanged_for_what_is_sold_out(sessions: SessionFactory) -> None:
    hers = await with_a_delivered_order(sessions)
    await kept(sessions, a_product("Nabucco", stock=0))

    with pytest.raises(NotInStock):
        await announced(sessions, hers, {"Aida": 1}, replacement="SKU-NABUCCO")

    assert await count(sessions, Return) == 0


async def test_money_is_owed_from_the_parcels_arrival(sessions: SessionFactory) -> None:
    hers = await with_a_delivered_order(sessions)
    back = await announced(sessions, hers, {"Aida": 1})

    async with sessions.begin() as session:
        await receive(session, await session.get_one(Return, back.id), at=NOW)

    async with sessions() as session:
        assert (await session.get_one(Return, back.id)).state is ReturnState.received
        refund = (await session.scalars(select(Refund))).one()
    assert (refund.amount, refund.state, refund.why, refund.due_on) == (
        Decimal("27.90"),
        RefundState.due,
        Why.give_back,
        date(2026, 11, 28),
    )
    assert refund.return_id == back.id


async def test_for_an_even_exchange_no_money_is_owed(sessions: SessionFactory) -> None:
    hers = await with_a_delivered_order(sessions)
    await kept(sessions, a_product("Nabucco", price="27.90"))
    back = await announced(sessions, hers, {"Aida": 1}, replacement="SKU-NABUCCO")

    async with sessions.begin() as session:
        await receive(session, await session.get_one(Return, back.id), at=NOW)

    assert await count(sessions, Refund) == 0


@pytest.mark.parametrize(
    ("payment", "refunds", "stock"), [(None, 1, 3), ("card", 1, 4), ("invoice", 0, 4)]
)
async def test_a_cancelled_order_gives_back_what_was_paid_and_taken(
    sessions: SessionFactory, payment: str | None, refunds: int, stock: int
) -> None:
    ana, sold = a_customer(), a_product("Rigoletto", sku="Rigoletto", stock=3)
    order = an_order(ana, state=OrderState.cancelled)
    order.payment = payment
    await kept(sessions, ana, sold, order)

    async with sessions.begin() as session:
        await settle_cancellation(session, order, at=NOW)

    assert await count(sessions, Refund) == refunds
    async with sessions() as session:
        assert (await session.get_one(Product, sold.id)).stock == stock


async def test_of_a_cancelled_orders_money_the_fee_is_kept(sessions: SessionFactory) -> None:
    ana = a_customer()
    order = an_order(ana, state=OrderState.cancelled)
    await kept(sessions, ana, order)

    async with sessions.begin() as session:
        await PolicyRepository(session).change(
            "cancellation", {"fee": "4.50", "until": "shipped"}, at=NOW
        )
        await settle_cancellation(session, order, at=NOW)

    async with sessions() as session:
        assert (await session.scalars(select(Refund.amount))).one() == Decimal("23.40")


async def test_what_a_cancelled_order_brings_back_is_told_to_who_waits(
    sessions: SessionFactory,
) -> None:
    ana, sold = a_customer(), a_product("Rigoletto", sku="Rigoletto", stock=0)
    order, his = an_order(ana, state=OrderState.cancelled), a_conversation()
    order.payment = "card"
    await kept(sessions, ana, sold, order, his)
    async with sessions.begin() as session:
        waits = Contact.email("ben@example.com")
        await WatchRepository(session).watch(his, sold, waits, "It is back.")

    async with sessions.begin() as session:
        await settle_cancellation(session, order, at=NOW)

    async with sessions() as session:
        assert (await session.scalars(select(OutboxMessage.address))).all() == ["ben@example.com"]


async def count(sessions: SessionFactory, of: type[Return | Refund]) -> int:
    async with sessions() as session:
        return (await session.execute(select(func.count()).select_from(of))).scalar_one()
