"""Sending back for something else."""

from decimal import Decimal

import pytest
from sqlalchemy import select

from actions.exchange_item import ActionExchangeItem
from actions.return_item import ActionReturnItem
from actions.wiring import Parts
from crm_store.catalogue.models import Product, ProductKind
from crm_store.customers.models import Level
from crm_store.db import SessionFactory
from crm_store.orders.models import OrderState
from crm_store.returns.models import Reason, Return, ReturnKind
from tests.builders import a_conversation, a_customer, a_product, an_order
from tests.integration.actions.conftest import kept
from tests.integration.actions.dialogue import Dialogue
from tests.integration.actions.shop import count

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

ERRANDS = (ActionExchangeItem, ActionReturnItem)


async def with_an_order(
    sessions: SessionFactory,
    parts: Parts,
    *products: Product,
    state: OrderState = OrderState.delivered,
) -> Dialogue:
    ana = a_customer()
    hers = a_conversation(of=ana, level=Level.verified)
    await kept(sessions, ana, an_order(ana, state=state), hers, *products)
    return Dialogue(parts, hers)


async def test_asks_for_what_restates_and_announces(sessions: SessionFactory, parts: Parts) -> None:
    nabucco = a_product("Nabucco", price="19.90", stock=1)
    talk = await with_an_order(sessions, parts, nabucco)

    await talk.says("it is too small, I want to exchange it", "exchange_item", reason="wrong_size")
    restated = await talk.says("Nabucco", "state_interest")
    await talk.says("yes", "affirm")

    assert talk.said == [
        "utter_exchange_for_what",
        "utter_exchange_restate",
        "utter_exchange_done",
    ]
    assert restated.responses[0]["difference"] == "You get €8.00 back."
    async with sessions() as session:
        back = (await session.scalars(select(Return))).one()
        assert (await session.get_one(Product, nabucco.id)).stock == 0
    assert (back.kind, back.reason) == (ReturnKind.exchange, Reason.wrong_size)
    assert (back.replacement_id, back.refund_amount) == (nabucco.id, Decimal("8.00"))


@pytest.mark.parametrize(
    ("price", "difference"),
    [("27.90", "Both cost the same."), ("30.00", "You pay €2.10 on top.")],
)
async def test_what_it_is_exchanged_for_may_be_said_at_once(
    sessions: SessionFactory, parts: Parts, price: str, difference: str
) -> None:
    products = a_product("Rigoletto", sku="Rigoletto"), a_product("Nabucco", price=price)
    talk = await with_an_order(sessions, parts, *products)

    restated = await talk.says("exchange Rigoletto for Nabucco please", "exchange_item")

    assert restated.names == ["utter_exchange_restate"]
    assert restated.responses[0]["replacement"] == "Nabucco"
    assert restated.responses[0]["difference"] == difference


async def test_naming_what_goes_back_does_not_say_what_for(
    sessions: SessionFactory, parts: Parts
) -> None:
    products = a_product("Rigoletto", sku="Rigoletto"), a_product("Rigoletto Live")
    talk = await with_an_order(sessions, parts, *products)

    asked = await talk.says("I want to exchange Rigoletto", "exchange_item")
    same = await talk.says("the same again: Rigoletto", "nlu_fallback")

    assert asked.names == ["utter_exchange_which"]
    assert same.responses[0]["replacement"] == "Rigoletto"


async def test_what_is_like_it_is_on_offer(sessions: SessionFactory, parts: Parts) -> None:
    sold = a_product("Rigoletto", sku="Rigoletto", price="27.90")
    others = [
        a_product("Aida", price="60.00"),
        a_product("Nabucco", price="28.00"),
        a_product("Otello", stock=0),
        a_product("Tosca", creator="Giacomo Puccini"),
        a_product("Verdi", kind=ProductKind.book),
    ]
    talk = await with_an_order(sessions, parts, sold, *others)

    asked = await talk.says("I want to exchange it", "exchange_item")
    restated = await talk.says("the first one", "inform", position="1")

    assert asked.responses[0]["titles"] == "Nabucco or Aida"
    assert restated.responses[0]["replacement"] == "Nabucco"


async def test_where_nothing_is_like_it_the_money_is_offered(
    sessions: SessionFactory, parts: Parts
) -> None:
    talk = await with_an_order(sessions, parts, a_product("Rigoletto", sku="Rigoletto"))

    told = await talk.says("I want to exchange it", "exchange_item")

    assert told.names == ["utter_exchange_nothing_like_it"]
    assert told.slots["offered"]["errand"] == "action_return_item"


async def test_for_what_is_sold_out_the_money_is_offered_and_nothing_asked_twice(
    sessions: SessionFactory, parts: Parts
) -> None:
    talk = await with_an_order(sessions, parts, a_product("Nabucco", stock=0))

    told = await talk.says(
        "it is too small, exchange it for Nabucco", "exchange_item", reason="wrong_size"
    )
    begun = await talk.accepts()

    assert told.names == ["utter_exchange_sold_out"]
    assert begun.names == ["utter_return_restate"]
    assert await count(sessions, Return) == 0


async def test_the_replacement_may_go_in_the_meantime(
    sessions: SessionFactory, parts: Parts
) -> None:
    nabucco = a_product("Nabucco", stock=1)
    talk = await with_an_order(sessions, parts, nabucco)
    await talk.says("exchange it for Nabucco", "exchange_item")
    async with sessions.begin() as session:
        (await session.get_one(Product, nabucco.id)).stock = 0

    late = await talk.says("yes", "affirm")

    assert late.names == ["utter_exchange_gone"]
    assert await count(sessions, Return) == 0


async def test_what_has_not_left_is_not_exchanged(sessions: SessionFactory, parts: Parts) -> None:
    talk = await with_an_order(sessions, parts, state=OrderState.placed)

    told = await talk.says("I want to exchange it", "exchange_item")

    assert told.names == ["utter_return_not_sent"]
