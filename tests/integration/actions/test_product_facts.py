"""What a product costs, whether it is there, how two differ: told to anybody."""

import pytest
from sqlalchemy import select

from actions.ask_availability import ActionAskAvailability
from actions.ask_price import ActionAskPrice
from actions.compare_products import ActionCompareProducts
from actions.wiring import Parts
from crm_store.conversations.models import Channel
from crm_store.customers.models import Interest, InterestSource
from crm_store.db import SessionFactory
from tests.builders import a_conversation, a_product, a_tracker
from tests.integration.actions.conftest import Play, kept
from tests.integration.actions.dialogue import Dialogue
from tests.integration.actions.shop import a_visitor, ana

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

ERRANDS = (ActionAskPrice, ActionAskAvailability, ActionCompareProducts)


async def test_a_price_is_told_to_anybody(sessions: SessionFactory, parts: Parts) -> None:
    talk = await a_visitor(sessions, parts)

    told = await talk.says("what does Aida cost?", "ask_price")

    assert told.names == ["utter_price"]
    assert (told.responses[0]["title"], told.responses[0]["price"]) == ("Aida", "€19.90")
    assert told.slots["product"] == "SKU-AIDA"
    assert told.slots["errands"] is None


async def test_several_pieces_are_added_up(sessions: SessionFactory, parts: Parts) -> None:
    talk = await a_visitor(sessions, parts)

    told = await talk.says("what would three copies of Aida be?", "ask_price", number="3")

    assert told.names == ["utter_price_several"]
    assert told.responses[0]["total"] == "€59.70"


async def test_a_number_in_the_title_is_no_quantity(sessions: SessionFactory, parts: Parts) -> None:
    talk = await a_visitor(sessions, parts, a_product("Symphony 7"))

    told = await talk.says("what is symphony 7?", "ask_price", number="7")

    assert told.names == ["utter_price"]


async def test_without_a_name_it_asks_and_hears_one(sessions: SessionFactory, parts: Parts) -> None:
    talk = await a_visitor(sessions, parts)

    await talk.says("how much is it?", "ask_price")
    await talk.says("Nabucco", "state_interest")

    assert talk.said == ["utter_product_ask", "utter_price"]


async def test_it_is_what_was_spoken_of(sessions: SessionFactory, parts: Parts) -> None:
    talk = await a_visitor(sessions, parts)
    await talk.says("is Aida in stock?", "ask_availability")

    told = await talk.says("and what does it cost?", "ask_price")

    assert told.responses[0]["title"] == "Aida"


@pytest.mark.parametrize(
    ("stock", "response", "offer"),
    [
        (0, "utter_stock_none", "action_notify_when_back"),
        (1, "utter_stock_last", "action_place_order"),
        (3, "utter_stock_few", "action_place_order"),
        (4, "utter_stock_good", "action_place_order"),
    ],
)
async def test_tells_the_stock_and_offers_what_follows(
    sessions: SessionFactory, parts: Parts, stock: int, response: str, offer: str
) -> None:
    talk = await a_visitor(sessions, parts, a_product("Aida", stock=stock))

    told = await talk.says("is Aida in stock?", "ask_availability")

    assert told.names == [response]
    assert told.slots["offered"] == {"errand": offer, "given": {"product": "SKU-AIDA"}}
    assert told.slots["question"] == "offer"


async def test_the_price_of_what_is_sold_out_says_so(
    sessions: SessionFactory, parts: Parts
) -> None:
    talk = await a_visitor(sessions, parts, a_product("Aida", stock=0))

    told = await talk.says("what does Aida cost?", "ask_price")

    assert told.names == ["utter_price_sold_out"]


async def test_what_is_not_sold_is_said_and_given_up(
    sessions: SessionFactory, parts: Parts
) -> None:
    talk = await a_visitor(sessions, parts)

    await talk.says("do you have a toaster?", "ask_availability")
    last = await talk.says("a red toaster", "nlu_fallback")

    assert talk.said == ["utter_product_unknown", "utter_product_not_found"]
    assert last.slots["errands"] is None


async def test_two_are_compared_by_their_facts(sessions: SessionFactory, parts: Parts) -> None:
    cheap, dear = a_product("Aida", price="19.90"), a_product("Nabucco", price="25.00", stock=0)
    talk = await a_visitor(sessions, parts, cheap, dear)

    told = await talk.says("what is the difference between Aida and Nabucco", "compare_products")

    said = told.responses[0]
    assert said["first"] == "Aida (Giuseppe Verdi): recording, €19.90, in stock."
    assert "out of stock" in said["second"]
    assert said["difference"] == "Aida is €5.10 cheaper."


async def test_two_are_compared_in_two_sentences_on_the_phone(
    sessions: SessionFactory, parts: Parts
) -> None:
    talk = await a_visitor(sessions, parts, channel=Channel.phone)

    told = await talk.says("compare Aida with Nabucco", "compare_products")

    assert told.responses[0]["first"] == "Aida by Giuseppe Verdi costs €19.90 and is in stock."


async def test_the_first_and_the_third_suggestion_are_compared(
    sessions: SessionFactory, parts: Parts, play: Play
) -> None:
    talk = await a_visitor(sessions, parts)
    table = [{"sku": sku} for sku in ("SKU-NABUCCO", "SKU-OTHER", "SKU-AIDA")]
    both = a_tracker(talk.conversation, "the first and the third", suggested=table)
    both.latest_message["entities"] = [{"entity": "position", "value": n} for n in ("1", "3")]

    told = await play(ActionCompareProducts, both)

    assert told.responses[0]["first"].startswith("Nabucco")
    assert told.responses[0]["second"].startswith("Aida")


async def test_asks_what_to_compare_the_one_with(sessions: SessionFactory, parts: Parts) -> None:
    talk = await a_visitor(sessions, parts)

    asked = await talk.says("compare Aida please", "compare_products")
    told = await talk.says("with Nabucco", "nlu_fallback")

    assert asked.names == ["utter_compare_with_what"]
    assert asked.responses[0]["title"] == "Aida"
    assert told.names == ["utter_compared"]


@pytest.mark.parametrize(
    ("text", "intent", "asked"),
    [
        ("what does Aida cost?", "ask_price", ["Aida"]),
        ("is Aida in stock?", "ask_availability", ["Aida"]),
        ("compare Aida with Nabucco", "compare_products", ["Aida", "Nabucco"]),
    ],
)
async def test_what_a_customer_asks_about_is_remembered_as_an_interest(
    sessions: SessionFactory, parts: Parts, text: str, intent: str, asked: list[str]
) -> None:
    hers, stranger = await ana(sessions, parts), await another_visitor(sessions, parts)

    await stranger.says(text, intent)
    await hers.says(text, intent)

    async with sessions() as session:
        known = (await session.scalars(select(Interest).order_by(Interest.text))).all()
    assert [one.text for one in known] == asked
    assert {(one.customer_id, one.source) for one in known} == {
        (hers.conversation.customer_id, InterestSource.asked)
    }


async def another_visitor(sessions: SessionFactory, parts: Parts) -> Dialogue:
    visitor = a_conversation()
    await kept(sessions, visitor)
    return Dialogue(parts, visitor)
