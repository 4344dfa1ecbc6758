"""Another address for an order: heard in free words, completed, corrected, refused."""

import pytest

from actions.go_back import ActionGoBack
from actions.wiring import Parts
from crm_store.conversations.models import Channel, Conversation
from crm_store.customers.addresses import DeliveryAddress
from crm_store.customers.models import Level
from crm_store.db import SessionFactory
from crm_store.orders.models import OrderState
from tests.builders import a_conversation, a_customer, an_order
from tests.integration.actions.conftest import kept
from tests.integration.actions.dialogue import Dialogue
from tests.integration.actions.order_stage import CHANGES, as_kept, staged

pytestmark = [pytest.mark.integration, pytest.mark.anyio]


async def test_a_new_address_names_whoever_is_to_get_the_parcel(
    sessions: SessionFactory, parts: Parts
) -> None:
    stage = await staged(sessions)
    talk = Dialogue(parts, stage.hers)

    await talk.says(
        "A-17 should go to Eva Ruiz, Am Markt 3, 10437 Berlin",
        "change_delivery_address",
        order_number="A-17",
    )
    await talk.says("yes", "affirm")

    order = await as_kept(sessions, stage.one)
    assert order.address == DeliveryAddress("Eva Ruiz", "Am Markt 3", "10437", "Berlin", "DE")


async def test_what_is_missing_of_an_address_is_asked_for_part_by_part(
    sessions: SessionFactory, parts: Parts
) -> None:
    stage = await staged(sessions)
    talk = Dialogue(parts, stage.hers)
    await talk.says("new address for A-17", "change_delivery_address", order_number="A-17")

    await talk.says("the Figarogasse", "inform")
    await talk.says("number 14", "inform")
    await talk.says("1010", "inform", postcode="1010")
    await talk.says("in Vienna", "nlu_fallback")
    await talk.says("Austria", "inform")
    await talk.says("yes", "affirm")

    assert talk.said == [
        "utter_address_ask",
        "utter_address_ask_number",
        "utter_address_ask_postcode",
        "utter_address_ask_town",
        "utter_address_ask_country",
        "utter_delivery_address_restate",
        "utter_delivery_address_done",
    ]
    order = await as_kept(sessions, stage.one)
    assert order.address == DeliveryAddress("Ana Ruiz", "Figarogasse 14", "1010", "Vienna", "AT")


async def test_a_house_number_is_corrected_at_the_yes(
    sessions: SessionFactory, parts: Parts
) -> None:
    stage = await staged(sessions)
    talk = Dialogue(parts, stage.hers)
    await CHANGES["address"].begins(talk)

    again = await talk.says("no, number 5", "correct", number="5")
    await talk.says("yes", "affirm")

    assert again.names == ["utter_delivery_address_restate"]
    order = await as_kept(sessions, stage.one)
    assert order.address is not None
    assert order.address.street == "Am Markt 5"


async def test_a_step_back_asks_for_the_address_again(
    sessions: SessionFactory, parts: Parts
) -> None:
    stage = await staged(sessions)
    talk = Dialogue(parts, stage.hers)
    await talk.says("new address for A-17", "change_delivery_address", order_number="A-17")
    await talk.says("Am Markt 3, 10437 Berlin", "inform", postcode="10437")

    back = await talk.run(ActionGoBack)
    again = await talk.says("Figarogasse 14, 1010 Wien", "inform", postcode="1010")

    assert back.names == ["utter_address_ask"]
    assert again.names == ["utter_address_ask_country"]


async def test_nothing_is_sent_where_the_shop_does_not_deliver(
    sessions: SessionFactory, parts: Parts
) -> None:
    stage = await staged(sessions)

    refused = await Dialogue(parts, stage.hers).says(
        "send A-17 to 12 Baker Street, London NW1 6XE",
        "change_delivery_address",
        order_number="A-17",
    )

    assert refused.names == ["utter_address_not_served"]
    assert refused.responses[0]["country"] == "United Kingdom"
    assert refused.slots["errands"] is None


async def test_a_postcode_is_read_out_sign_by_sign(sessions: SessionFactory, parts: Parts) -> None:
    stage = await staged(sessions)
    async with sessions.begin() as session:
        (await session.get_one(Conversation, stage.hers.id)).channel = Channel.phone

    restated = await CHANGES["address"].begins(Dialogue(parts, stage.hers))

    assert restated.responses[0]["address"] == "Am Markt 3, 1 0 4 3 7 Berlin, Germany"


async def test_without_an_open_order_the_accounts_address_is_on_offer(
    sessions: SessionFactory, parts: Parts
) -> None:
    ana = a_customer()
    hers = a_conversation(of=ana, level=Level.verified)
    await kept(sessions, ana, an_order(ana, state=OrderState.delivered), hers)

    heard = await Dialogue(parts, hers).says("other address please", "change_delivery_address")

    assert heard.names == ["utter_delivery_address_no_open"]
    assert heard.slots["offered"]["errand"] == "action_change_address"
