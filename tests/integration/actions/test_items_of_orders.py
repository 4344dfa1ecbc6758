"""What a change of an order is about: other pieces, another variant, one more, one less."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from actions.change_order import ActionChangeOrder
from actions.change_quantity import ActionChangeQuantity
from actions.change_variant import ActionChangeVariant
from actions.wiring import Parts
from crm_store.catalogue.models import Product
from crm_store.conversations.models import Conversation
from crm_store.customers.models import Level
from crm_store.db import SessionFactory
from crm_store.orders.models import Order, OrderState
from crm_store.suggestions.models import Outcome
from tests.builders import NOW, a_conversation, a_customer, a_product, an_order
from tests.integration.actions.conftest import kept
from tests.integration.actions.dialogue import Dialogue
from tests.integration.actions.order_stage import CHANGES, as_kept, staged, stock
from tests.integration.crm_store.proof.shop import a_showing, state_of

pytestmark = [pytest.mark.integration, pytest.mark.anyio]


@pytest.mark.parametrize(
    ("text", "entities", "followed"),
    [
        ("make it three copies", {"number": "3"}, "action_change_quantity"),
        ("I ordered the wrong size", {}, "action_change_variant"),
        ("die Farbe bitte", {}, "action_change_variant"),
        ("the address is wrong", {}, "action_change_delivery_address"),
        ("etwas herausnehmen", {}, "action_remove_item"),
    ],
)
async def test_a_change_goes_on_with_what_the_words_say(
    sessions: SessionFactory,
    parts: Parts,
    text: str,
    entities: dict[str, str],
    followed: str,
) -> None:
    stage = await staged(sessions)

    heard = await Dialogue(parts, stage.hers).says(
        text, "change_order", entities, action=ActionChangeOrder
    )

    assert heard.followup == followed


async def test_an_unspecific_change_is_asked_about(sessions: SessionFactory, parts: Parts) -> None:
    stage = await staged(sessions)
    talk = Dialogue(parts, stage.hers)

    asked = await talk.says("I need to change my order", "change_order", action=ActionChangeOrder)
    chosen = await talk.says("Add an item", "inform", choice="add", kind="chosen")

    assert asked.names == ["utter_change_what"]
    assert len(asked.responses[0]["buttons"]) == 5
    assert chosen.followup == "action_add_item"


async def test_of_two_numbers_the_one_that_is_not_so_already_is_wanted(
    sessions: SessionFactory, parts: Parts
) -> None:
    stage = await staged(sessions)
    async with sessions.begin() as session:
        order = await session.get_one(Order, stage.one.id, options=[selectinload(Order.lines)])
        order.line("Aida").quantity = 2

    restated = await Dialogue(parts, stage.hers).says(
        "I want one Aida instead of 2 in A-17",
        "change_order",
        {"order_number": "A-17", "number": "1"},
        action=ActionChangeQuantity,
    )

    assert restated.responses[0]["quantity"] == "1"


async def test_more_pieces_come_out_of_the_stock_and_no_more_than_there_are(
    sessions: SessionFactory, parts: Parts
) -> None:
    stage = await staged(sessions)
    talk = Dialogue(parts, stage.hers)
    await CHANGES["quantity"].begins(talk)
    await talk.says("yes", "affirm")

    refused = await talk.says(
        "make that nine of Aida",
        "change_order",
        {"order_number": "A-17", "number": "9"},
        action=ActionChangeQuantity,
    )

    assert await stock(sessions, "Aida") == 1
    assert refused.names == ["utter_not_enough"]
    assert refused.responses[0]["most"] == "4"


@pytest.mark.parametrize(("change", "sku"), [("addition", "OTELLO"), ("variant", "FILM-AIDA")])
async def test_what_goes_into_an_order_may_have_come_of_a_suggestion(
    sessions: SessionFactory, parts: Parts, change: str, sku: str
) -> None:
    stage = await staged(sessions)
    async with sessions() as session:
        product = (await session.scalars(select(Product).where(Product.sku == sku))).one()
    # Shown after the order was placed, and before this went into it.
    shown = a_showing(product, stage.hers)
    await kept(sessions, shown)
    talk = Dialogue(parts, stage.hers)

    await CHANGES[change].begins(talk)
    await talk.says("yes", "affirm")

    bought = await state_of(sessions, shown.id)
    assert (bought.outcome, bought.order_id) == (Outcome.bought, stage.one.id)


async def test_where_nothing_is_like_an_item_a_person_is_offered(
    sessions: SessionFactory, parts: Parts
) -> None:
    ana = a_customer()
    hers = a_conversation(of=ana, level=Level.verified)
    await kept(sessions, ana, a_product("Aida", sku="Aida"), an_order(ana, titles=("Aida",)), hers)

    heard = await Dialogue(parts, hers).says(
        "I ordered the wrong edition", "change_order", action=ActionChangeVariant
    )

    assert heard.names == ["utter_variant_none"]
    assert heard.slots["question"] == "person"


async def test_taking_out_all_that_there_is_offers_a_cancellation(
    sessions: SessionFactory, parts: Parts
) -> None:
    ana = a_customer()
    hers = a_conversation(of=ana, level=Level.verified)
    order = an_order(ana, titles=("Aida",))
    await kept(sessions, ana, order, hers)
    talk = Dialogue(parts, hers)

    offered = await talk.says("take Aida out again", "remove_item")
    restated = await talk.accepts()
    await talk.says("yes", "affirm")

    assert offered.names == ["utter_remove_all"]
    assert restated.names == ["utter_cancel_restate"]
    assert (await as_kept(sessions, order)).state is OrderState.cancelled


async def test_of_several_pieces_it_is_asked_how_many_go(
    sessions: SessionFactory, parts: Parts
) -> None:
    stage = await staged(sessions)
    async with sessions.begin() as session:
        order = await session.get_one(Order, stage.one.id, options=[selectinload(Order.lines)])
        order.line("Aida").quantity = 3
    talk = Dialogue(parts, stage.hers)

    await CHANGES["removal"].begins(talk)
    await talk.says("two", "inform", number="2")
    await talk.says("yes", "affirm")

    assert talk.said == ["utter_remove_how_many", "utter_remove_some_restate", "utter_remove_done"]
    assert (await as_kept(sessions, stage.one)).line("Aida").quantity == 1


async def test_what_is_sold_out_may_be_waited_for(sessions: SessionFactory, parts: Parts) -> None:
    stage = await staged(sessions)
    async with sessions.begin() as session:
        (await session.scalars(select(Product).where(Product.sku == "OTELLO"))).one().stock = 0

    heard = await CHANGES["addition"].begins(Dialogue(parts, stage.hers))

    assert heard.names == ["utter_add_sold_out"]
    assert heard.slots["offered"] == {
        "errand": "action_notify_when_back",
        "given": {"product": "OTELLO"},
    }


async def test_without_an_open_order_a_new_one_is_on_offer(
    sessions: SessionFactory, parts: Parts
) -> None:
    ana = a_customer()
    hers = a_conversation(of=ana, level=Level.verified)
    await kept(sessions, ana, a_product("Otello"), an_order(ana, state=OrderState.delivered), hers)

    heard = await Dialogue(parts, hers).says("add Otello to my order", "add_item")

    assert heard.names == ["utter_add_no_open"]
    assert heard.slots["offered"]["errand"] == "action_place_order"


async def test_pieces_that_leave_an_order_are_back_in_the_stock_they_came_from(
    sessions: SessionFactory, parts: Parts
) -> None:
    stage = await staged(sessions)
    async with sessions.begin() as session:
        (await session.get_one(Order, stage.one.id)).payment = "card"

    for order in ("A-17", "A-22"):
        talk = Dialogue(parts, stage.hers)
        await CHANGES["removal"].begins(talk, order)
        await talk.says("yes", "affirm")

    # Only the first was sold here, and so taken out of this stock.
    assert await stock(sessions, "Aida") == 4


async def test_what_was_said_before_the_proof_holds_after_it(
    sessions: SessionFactory, parts: Parts
) -> None:
    ana = a_customer()
    hers = a_conversation(of=ana, level=Level.claimed)
    await kept(sessions, ana, a_product("Aida", sku="Aida"), an_order(ana, titles=("Aida",)), hers)
    talk = Dialogue(parts, hers)
    await talk.says("please make it three", "change_order", number="3", action=ActionChangeQuantity)
    async with sessions.begin() as session:
        proved = await session.get_one(Conversation, hers.id)
        proved.level, proved.level_seen_at = Level.verified, NOW

    restated = await talk.run(ActionChangeQuantity, "123456", intent="inform")

    assert restated.names == ["utter_quantity_restate"]
    assert restated.responses[0]["quantity"] == "3"
