"""Purchases find the suggestion that they came of, wherever orders come in."""

import asyncio
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select, update

from crm_store.conversations.models import Conversation
from crm_store.customers.addresses import PostalAddress
from crm_store.customers.models import Level
from crm_store.db import SessionFactory
from crm_store.imports.intake import Noun, import_records
from crm_store.imports.reading import Record
from crm_store.insight.models import Event
from crm_store.orders.models import Order, OrderState
from crm_store.proof.attribution import attribute, purchases
from crm_store.shop.own import OwnShop
from crm_store.shop.protocol import Basket
from crm_store.suggestions.models import Outcome, Suggestion
from tests.builders import NOW, a_conversation, a_customer, a_product
from tests.integration.actions.conftest import kept
from tests.integration.crm_store.proof.shop import Met, a_purchase, a_showing, proved, state_of

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

YESTERDAY = NOW - timedelta(days=1)
HOME = PostalAddress("Hauptstraße 5", "10115", "Berlin", "DE")


@pytest.fixture
async def met(sessions: SessionFactory) -> Met:
    ana, aida = a_customer(), a_product("Aida")
    ana.address = HOME
    talk = proved(ana)
    await kept(sessions, ana, aida, talk)
    return Met(ana, talk, aida)


async def test_what_is_ordered_in_a_conversation_is_bought(
    sessions: SessionFactory, met: Met
) -> None:
    shown = a_showing(met.product, met.talk, to=met.customer, at=YESTERDAY)
    await kept(sessions, shown)

    order = await _ordered(sessions, met)

    bought = await state_of(sessions, shown.id)
    assert (bought.outcome, bought.order_id, bought.bought_at) == (Outcome.bought, order.id, NOW)
    async with sessions() as session:
        kinds = list(await session.scalars(select(Event.kind)))
    assert "suggestion_bought" in kinds


async def test_an_imported_order_is_bought_once_however_often_it_comes(
    sessions: SessionFactory, met: Met
) -> None:
    first, second = [
        a_showing(met.product, met.talk, to=met.customer, at=NOW - timedelta(days=days))
        for days in (5, 2)
    ]
    await kept(sessions, first, second)

    for quantity in (1, 1, 2):
        await _imported(sessions, met, quantity=quantity)

    assert (await state_of(sessions, first.id)).outcome is Outcome.shown
    assert (await state_of(sessions, second.id)).outcome is Outcome.bought
    async with sessions() as session:
        told = await session.scalars(select(Event).where(Event.kind == "suggestion_bought"))
    assert len(told.all()) == 1


async def test_an_order_from_before_the_showing_came_of_nothing(
    sessions: SessionFactory, met: Met
) -> None:
    shown = a_showing(met.product, met.talk, to=met.customer, at=NOW + timedelta(minutes=1))
    await kept(sessions, shown)

    await _imported(sessions, met)

    assert (await state_of(sessions, shown.id)).outcome is Outcome.shown


async def test_an_order_that_comes_in_cancelled_is_not_bought(
    sessions: SessionFactory, met: Met
) -> None:
    shown = a_showing(met.product, met.talk, to=met.customer, at=YESTERDAY)
    await kept(sessions, shown)

    await _imported(sessions, met, state="cancelled")

    assert (await state_of(sessions, shown.id)).outcome is Outcome.shown


async def test_what_a_stranger_was_shown_counts_once_they_are_proved(
    sessions: SessionFactory, met: Met
) -> None:
    before_the_code = a_showing(met.product, met.talk, at=YESTERDAY)
    await kept(sessions, before_the_code)

    await _ordered(sessions, met)

    assert (await state_of(sessions, before_the_code.id)).outcome is Outcome.bought


async def test_what_somebody_else_was_shown_does_not_count(
    sessions: SessionFactory, met: Met
) -> None:
    ben = a_customer(number="C-2", email="ben@example.com")
    his, claimed = proved(ben), a_conversation(of=met.customer, level=Level.claimed)
    others = [
        a_showing(met.product, his, to=ben, at=YESTERDAY),
        a_showing(met.product, claimed, at=YESTERDAY),
    ]
    await kept(sessions, ben, his, claimed, *others)

    await _ordered(sessions, met)

    outcomes = [(await state_of(sessions, one.id)).outcome for one in others]
    assert outcomes == [Outcome.shown, Outcome.shown]


async def test_a_suggestion_of_a_cancelled_order_is_free_for_the_next_one(
    sessions: SessionFactory, met: Met
) -> None:
    shown = a_showing(
        met.product, met.talk, to=met.customer, at=YESTERDAY, outcome=Outcome.accepted
    )
    await kept(sessions, shown)
    first = await _ordered(sessions, met)
    async with sessions.begin() as session:
        await session.execute(
            update(Order).where(Order.id == first.id).values(state=OrderState.cancelled)
        )

    second = await _ordered(sessions, met)

    bought = await state_of(sessions, shown.id)
    assert (bought.order_id, bought.outcome_before) == (second.id, Outcome.accepted)


async def test_two_orders_at_once_do_not_both_come_of_one_suggestion(
    sessions: SessionFactory, met: Met
) -> None:
    shown = a_showing(met.product, met.talk, to=met.customer, at=YESTERDAY)
    orders = [a_purchase(met.customer, met.product, at=NOW) for _ in range(2)]
    await kept(sessions, shown, *orders)

    await asyncio.gather(*(_attributed(sessions, order) for order in orders))

    async with sessions() as session:
        bought = await session.scalars(select(Suggestion.order_id))
    assert bought.one() in {order.id for order in orders}
    async with sessions() as session:
        told = await session.scalars(select(Event).where(Event.kind == "suggestion_bought"))
    assert len(told.all()) == 1


async def test_what_is_bought_without_a_suggestion_changes_none(
    sessions: SessionFactory, met: Met
) -> None:
    nabucco = a_product("Nabucco")
    shown = a_showing(nabucco, met.talk, to=met.customer, at=YESTERDAY)
    await kept(sessions, nabucco, shown)

    await _ordered(sessions, met)

    assert (await state_of(sessions, shown.id)).outcome is Outcome.shown


async def _attributed(sessions: SessionFactory, order: Order) -> None:
    async with sessions.begin() as session:
        await attribute(session, purchases(order))


async def _ordered(sessions: SessionFactory, met: Met) -> Order:
    basket = Basket(met.product.sku, 1, delivery="standard", payment="invoice")
    async with sessions.begin() as session:
        talk = await session.get_one(Conversation, met.talk.id)
        return await OwnShop().place(session, talk, basket, at=NOW, cause=uuid4())


async def _imported(
    sessions: SessionFactory, met: Met, *, quantity: int = 1, state: str = "placed"
) -> None:
    row: Mapping[str, Any] = {
        "number": "A-1",
        "customer": met.customer.number,
        "placed_at": NOW.isoformat(),
        "state": state,
        "currency": "EUR",
        "lines": [
            {"sku": met.product.sku, "title": "Aida", "quantity": quantity, "price": "19.90"}
        ],
    }
    report = await import_records(Noun.orders, [Record(1, None, dict(row))], sessions)
    assert not report.refusals
