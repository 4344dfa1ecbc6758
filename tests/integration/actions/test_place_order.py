"""Ordering in a conversation: restated with all that it costs, placed after a yes, once."""

from decimal import Decimal
from typing import cast
from uuid import uuid4

import pytest
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict
from sqlalchemy import select

from actions.accept_suggestion import ActionAcceptSuggestion
from actions.place_order import ActionPlaceOrder
from actions.suggest import ActionSuggest
from actions.wiring import Parts
from crm_store.catalogue.models import Product
from crm_store.conversations.models import Channel
from crm_store.customers.models import Level
from crm_store.db import SessionFactory
from crm_store.orders.models import Order
from tests.builders import a_product, a_tracker, the_domain
from tests.integration.actions.conftest import Heard
from tests.integration.actions.dialogue import Dialogue
from tests.integration.actions.shop import HOME, a_visitor, ana, count

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

ERRAND = ActionPlaceOrder
NO_HOME = None


async def up_to_the_yes(talk: Dialogue, *, delivery: str = "standard") -> None:
    await talk.says("I'd like to order two copies of Aida", "place_order", number="2")
    await talk.says("Standard", "inform", choice=delivery)
    await talk.says("by invoice", "inform", payment_method="invoice")


async def the_order(sessions: SessionFactory) -> Order:
    async with sessions() as session:
        return (await session.scalars(select(Order))).one()


async def test_asks_restates_and_orders_after_a_yes(sessions: SessionFactory, parts: Parts) -> None:
    talk = await ana(sessions, parts)

    await up_to_the_yes(talk)
    done = await talk.says("yes", "affirm")

    assert talk.said == [
        "utter_order_delivery_ask",
        "utter_order_payment_ask",
        "utter_order_restate",
        "utter_order_done",
    ]
    order = await the_order(sessions)
    assert done.responses[0]["order_number"] == order.number
    assert done.slots["order_number"] == order.number
    assert (order.total, order.payment, order.delivery) == (
        Decimal("43.70"),
        "invoice",
        "standard",
    )
    assert order.address is not None
    assert order.address.place == HOME


async def test_restates_the_total_the_way_and_the_day(
    sessions: SessionFactory, parts: Parts
) -> None:
    talk = await ana(sessions, parts)
    await talk.says("order Aida by express", "place_order")

    restated = await talk.says("card", "inform", payment_method="card")

    said = restated.responses[0]
    assert restated.names == ["utter_order_restate"]
    assert (said["total"], said["delivery"], said["delivery_cost"]) == (
        "€29.80",
        "express",
        "€9.90",
    )
    assert said["arrives_on"] == "24 November 2026"
    assert said["address"].startswith("Hauptstraße 5, 10115 Berlin")


async def test_a_repeated_yes_orders_once(sessions: SessionFactory, parts: Parts) -> None:
    talk = await ana(sessions, parts)
    await up_to_the_yes(talk)
    before, message = dict(talk.slots), uuid4()

    first = await talk.says("yes", "affirm", message=message)
    talk.slots = before
    again = await talk.says("yes", "affirm", message=message)

    assert (first.names, first.events) == (again.names, again.events)
    assert await count(sessions, Order) == 1


async def test_a_no_orders_nothing(sessions: SessionFactory, parts: Parts) -> None:
    talk = await ana(sessions, parts)
    await up_to_the_yes(talk)

    kept_ = await talk.says("no, leave it", "deny")

    assert kept_.names == ["utter_order_not_placed"]
    assert await count(sessions, Order) == 0


async def test_a_correction_at_the_yes_is_restated(sessions: SessionFactory, parts: Parts) -> None:
    talk = await ana(sessions, parts)
    await up_to_the_yes(talk)

    again = await talk.says("no, three of them", "correct", number="3")

    assert again.names == ["utter_order_restate"]
    assert again.responses[0]["quantity"] == "3"
    assert await count(sessions, Order) == 0


@pytest.mark.parametrize(
    ("text", "quantity"),
    [("zweimal Aida bitte", 2), ("order Aida three times", 3), ("nur eine Aida", 1)],
)
async def test_how_many_may_be_said_in_words(
    sessions: SessionFactory, parts: Parts, text: str, quantity: int
) -> None:
    talk = await ana(sessions, parts)

    asked = await talk.says(text, "place_order")

    assert asked.slots["errands"][0]["given"]["quantity"] == quantity


async def test_only_one_after_all_is_restated(sessions: SessionFactory, parts: Parts) -> None:
    talk = await ana(sessions, parts)
    await up_to_the_yes(talk)

    again = await talk.says("nein, doch nur eine", "deny")

    assert again.responses[0]["quantity"] == "1"


@pytest.mark.parametrize(
    ("text", "value", "quantity"),
    [
        ("order Aida, 3 pieces", "3", 3),
        ("order Aida in size 42", "42", 1),
        ("order Aida with 16 GB", "16", 1),
        ("order Aida, item number 88213", "88213", 1),
    ],
)
async def test_only_a_number_that_counts_is_how_many(
    sessions: SessionFactory, parts: Parts, text: str, value: str, quantity: int
) -> None:
    talk = await ana(sessions, parts)
    start = text.index(value)
    said = a_tracker(talk.conversation, text, intent="place_order")
    said.latest_message["entities"] = [
        {"entity": "number", "value": value, "start": start, "end": start + len(value)}
    ]

    words = CollectingDispatcher()
    events = await ActionPlaceOrder(parts).run(words, said, cast(DomainDict, the_domain()))

    assert Heard(words.messages, events).slots["errands"][0]["given"]["quantity"] == quantity


async def test_a_stranger_says_what_they_want_before_who_they_are(
    sessions: SessionFactory, parts: Parts
) -> None:
    talk = await a_visitor(sessions, parts)

    await talk.says("I want to order something", "place_order")
    asked = await talk.says("Aida", "state_interest")

    assert talk.said == ["utter_order_what", "utter_verification_needed"]
    assert asked.followup == "verification_form"
    assert asked.slots["errands"][0]["given"]["product"] == "SKU-AIDA"


async def test_nobody_is_asked_who_they_are_for_what_is_sold_out(
    sessions: SessionFactory, parts: Parts
) -> None:
    talk = await a_visitor(sessions, parts, a_product("Aida", stock=0))

    told = await talk.says("order Aida", "place_order")

    assert told.names == ["utter_order_sold_out_notify"]
    assert told.slots["offered"]["errand"] == "action_notify_when_back"


async def test_no_more_is_ordered_than_there_is(sessions: SessionFactory, parts: Parts) -> None:
    talk = await ana(sessions, parts, a_product("Aida", stock=1))

    await up_to_the_yes(talk)

    assert talk.said[0] == "utter_order_only_left"
    assert talk.slots["errands"][0]["given"]["quantity"] == 1


async def test_what_was_sold_in_the_meantime_is_not_ordered(
    sessions: SessionFactory, parts: Parts
) -> None:
    aida = a_product("Aida", stock=2)
    talk = await ana(sessions, parts, aida)
    await up_to_the_yes(talk)
    async with sessions.begin() as session:
        (await session.get_one(Product, aida.id)).stock = 0

    late = await talk.says("yes", "affirm")

    assert late.names == ["utter_order_sold_out"]
    assert late.slots["errands"] is None
    assert await count(sessions, Order) == 0


async def test_without_an_address_on_file_one_is_asked_for(
    sessions: SessionFactory, parts: Parts
) -> None:
    talk = await ana(sessions, parts, home=NO_HOME)
    await talk.says("order Aida", "place_order")
    asked = await talk.says("Standard", "inform", choice="standard")

    await talk.says("Lindenweg 8, 20095 Hamburg", "inform", postcode="20095")
    await talk.says("card", "inform", payment_method="card")
    await talk.says("yes", "affirm")

    assert asked.names == ["utter_order_address_ask"]
    order = await the_order(sessions)
    assert order.address is not None
    assert (order.address.street, order.address.town) == ("Lindenweg 8", "Hamburg")


async def test_what_is_picked_up_needs_no_address(sessions: SessionFactory, parts: Parts) -> None:
    talk = await ana(sessions, parts, home=NO_HOME)
    await talk.says("order Aida, I will pick it up", "place_order")

    restated = await talk.says("card", "inform", payment_method="card")
    await talk.says("yes", "affirm")

    assert restated.names == ["utter_order_restate_pickup"]
    assert (await the_order(sessions)).address is None


async def test_a_way_of_paying_that_is_not_taken_is_answered_with_those_that_are(
    sessions: SessionFactory, parts: Parts
) -> None:
    talk = await ana(sessions, parts)
    await talk.says("order Aida by express", "place_order")

    told = await talk.says("in instalments", "inform", payment_method="instalments")

    assert told.names == ["utter_payment_not_taken", "utter_order_payment_ask"]
    assert "by card" in told.responses[0]["methods"]


async def test_a_suggestion_that_is_taken_leads_to_its_order(
    sessions: SessionFactory, parts: Parts
) -> None:
    talk = await ana(sessions, parts)
    shown = await talk.run(ActionSuggest, "I love Verdi", intent="state_interest")
    second = shown.slots["suggested"][1]
    taken = await talk.run(
        ActionAcceptSuggestion, "the second", intent="accept_suggestion", entities={"position": "2"}
    )

    begun = await talk.accepts()

    assert taken.names == ["utter_suggestion_accepted"]
    assert begun.names == ["utter_order_delivery_ask"]
    assert begun.slots["errands"][0]["given"]["product"] == second["sku"]


async def test_on_the_phone_the_answers_stay_short(sessions: SessionFactory, parts: Parts) -> None:
    talk = await ana(sessions, parts, channel=Channel.phone, level=Level.verified)
    await talk.says("order Aida by express", "place_order")

    restated = await talk.says("card", "inform", payment_method="card")

    assert restated.responses[0]["town"] == "Berlin"


@pytest.mark.parametrize(
    ("text", "delivery"),
    [
        ("ich hole es ab", "pickup"),
        ("I'll pick it up in the shop", "pickup"),
        ("Standardversand", "standard"),
        ("express please", "express"),
    ],
)
async def test_a_way_of_delivery_is_heard_in_many_words(
    sessions: SessionFactory, parts: Parts, text: str, delivery: str
) -> None:
    talk = await ana(sessions, parts)
    await talk.says("order Aida", "place_order")

    asked = await talk.says(text, "stop")

    assert asked.names == ["utter_order_payment_ask"]
    assert asked.slots["errands"][0]["given"]["delivery"] == delivery


async def test_a_stop_is_a_stop_where_it_names_no_way(
    sessions: SessionFactory, parts: Parts
) -> None:
    talk = await ana(sessions, parts)
    await talk.says("order Aida", "place_order")

    stopped = await talk.says("forget it", "stop")

    assert stopped.names == ["utter_stopped"]
    assert stopped.slots["errands"] is None
