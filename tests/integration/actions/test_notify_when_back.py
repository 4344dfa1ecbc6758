"""Whoever waits for a product says where to write to, and is written to once."""

from uuid import uuid4

import pytest
from sqlalchemy import select

from actions.ask_availability import ActionAskAvailability
from actions.notify_when_back import ActionNotifyWhenBack
from actions.wiring import Parts
from crm_store.conversations.models import Channel
from crm_store.customers.models import ContactKind, Level
from crm_store.db import SessionFactory
from crm_store.shop.models import StockWatch
from tests.builders import a_product
from tests.integration.actions.shop import a_visitor, ana, count

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

ERRANDS = (ActionAskAvailability, ActionNotifyWhenBack)


async def test_a_visitor_gives_an_address_for_this_alone(
    sessions: SessionFactory, parts: Parts
) -> None:
    talk = await a_visitor(sessions, parts, a_product("Aida", stock=0))

    await talk.says("is Aida in stock?", "ask_availability")
    await talk.accepts()
    await talk.says("ben@example.com", "inform", email="ben@example.com")
    await talk.says("yes", "affirm")

    assert talk.said == [
        "utter_stock_none",
        "utter_watch_email_ask",
        "utter_watch_restate",
        "utter_watch_noted",
    ]
    async with sessions() as session:
        watch = (await session.scalars(select(StockWatch))).one()
    assert (watch.kind, watch.address) == (ContactKind.email, "ben@example.com")
    assert (watch.customer_id, watch.conversation_id) == (None, talk.conversation.id)
    assert watch.text.startswith("Good news: Aida is back in stock.")


async def test_a_proved_customer_is_written_to_as_on_file(
    sessions: SessionFactory, parts: Parts
) -> None:
    talk = await ana(sessions, parts, a_product("Aida", stock=0))

    restated = await talk.says("tell me when Aida is back", "notify_when_back")
    await talk.says("yes", "affirm")

    assert restated.names == ["utter_watch_restate_on_file"]
    async with sessions() as session:
        watch = (await session.scalars(select(StockWatch))).one()
    assert watch.address == "ana@example.com"
    assert watch.customer_id == talk.conversation.customer_id


async def test_nobody_is_written_to_at_an_address_of_somebody_they_only_claim_to_be(
    sessions: SessionFactory, parts: Parts
) -> None:
    talk = await ana(sessions, parts, a_product("Aida", stock=0), level=Level.claimed)

    asked = await talk.says("tell me when Aida is back", "notify_when_back")

    assert asked.names == ["utter_watch_email_ask"]


async def test_an_address_is_read_back_to_a_caller_as_it_is_spoken(
    sessions: SessionFactory, parts: Parts
) -> None:
    talk = await a_visitor(sessions, parts, a_product("Aida", stock=0), channel=Channel.phone)

    restated = await talk.says(
        "tell me when Aida is back", "notify_when_back", email="ben@example.com"
    )

    assert "@" not in restated.responses[0]["address"]


async def test_nobody_waits_for_what_is_there(sessions: SessionFactory, parts: Parts) -> None:
    talk = await a_visitor(sessions, parts)

    told = await talk.says("tell me when Aida is back", "notify_when_back")

    assert told.names == ["utter_watch_in_stock"]
    assert told.slots["offered"]["errand"] == "action_place_order"


async def test_asking_twice_waits_once(sessions: SessionFactory, parts: Parts) -> None:
    talk = await ana(sessions, parts, a_product("Aida", stock=0))
    for _ in range(2):
        await talk.says("tell me when Aida is back", "notify_when_back")
        await talk.says("yes", "affirm")

    assert talk.said[-1] == "utter_watch_noted"
    assert await count(sessions, StockWatch) == 1


async def test_a_no_notes_nothing(sessions: SessionFactory, parts: Parts) -> None:
    talk = await ana(sessions, parts, a_product("Aida", stock=0))
    await talk.says("tell me when Aida is back", "notify_when_back")

    kept_ = await talk.says("no", "deny", message=uuid4())

    assert kept_.names == ["utter_watch_kept"]
    assert await count(sessions, StockWatch) == 0
