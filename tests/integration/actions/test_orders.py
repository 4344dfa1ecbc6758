from datetime import date, timedelta

import pytest

from actions.cancel_order import ActionCancelOrder
from actions.order_status import ActionOrderStatus
from crm_store.base import Language
from crm_store.conversations.models import Channel
from crm_store.customers.models import Level
from crm_store.db import SessionFactory
from crm_store.orders.models import Order, OrderState
from tests.builders import NOW, a_conversation, a_customer, a_tracker, an_order
from tests.integration.actions.conftest import Clock, Play, kept

pytestmark = [pytest.mark.integration, pytest.mark.anyio]


async def test_never_tells_a_stranger(sessions: SessionFactory, play: Play) -> None:
    ana = a_customer()
    stranger = a_conversation()
    await kept(sessions, ana, an_order(ana), stranger)

    heard = await play(ActionOrderStatus, a_tracker(stranger, order_number="A-17"))

    assert heard.names == ["utter_verification_needed"]
    assert heard.slots["wish"] == "action_order_status"
    assert heard.followup == "verification_form"


async def test_never_tells_somebody_who_only_claims(sessions: SessionFactory, play: Play) -> None:
    ana = a_customer()
    caller = a_conversation(channel=Channel.phone, of=ana, level=Level.claimed)
    await kept(sessions, ana, an_order(ana), caller)

    heard = await play(ActionOrderStatus, a_tracker(caller, order_number="A-17"))

    assert heard.followup == "verification_form"


async def test_a_proof_lapses_after_a_silence(
    sessions: SessionFactory, play: Play, clock: Clock
) -> None:
    ana = a_customer()
    hers = a_conversation(of=ana, level=Level.verified)
    await kept(sessions, ana, an_order(ana), hers)
    clock.now = NOW + timedelta(minutes=16)

    heard = await play(ActionOrderStatus, a_tracker(hers, order_number="A-17"))

    assert heard.followup == "verification_form"


async def test_never_tells_of_another_customers_order(sessions: SessionFactory, play: Play) -> None:
    ana, ben = a_customer(), a_customer(number="C-2", email="ben@example.com")
    hers = a_conversation(of=ana, level=Level.verified)
    await kept(sessions, ana, ben, an_order(ben, number="A-9"), hers)

    heard = await play(ActionOrderStatus, a_tracker(hers, entities={"order_number": "A-9"}))

    assert heard.names == ["utter_order_not_found", "utter_order_none"]
    assert heard.slots["errands"] is None


@pytest.mark.parametrize(
    ("language", "day"),
    [(Language.de, "25. November 2026"), (Language.en, "25 November 2026")],
)
async def test_tells_when_an_order_comes_in_the_customers_language(
    sessions: SessionFactory, play: Play, language: Language, day: str
) -> None:
    ana = a_customer()
    hers = a_conversation(of=ana, level=Level.verified, language=language)
    await kept(sessions, ana, an_order(ana, state=OrderState.shipped), hers)

    heard = await play(ActionOrderStatus, a_tracker(hers, entities={"order_number": "a17"}))

    assert heard.names == ["utter_order_shipped"]
    assert heard.responses[0]["expected_on"] == day
    assert heard.slots["order_number"] == "A-17"


async def test_says_that_an_order_is_late_and_offers_to_look_into_it(
    sessions: SessionFactory, play: Play
) -> None:
    ana = a_customer()
    hers = a_conversation(of=ana, level=Level.verified)
    late = an_order(ana, expected_on=date(2026, 11, 20))
    await kept(sessions, ana, late, hers)

    heard = await play(ActionOrderStatus, a_tracker(hers))

    assert heard.names == ["utter_order_late"]
    assert heard.slots["offered"]["errand"] == "action_report_missing"


async def test_asks_which_of_several_orders(sessions: SessionFactory, play: Play) -> None:
    ana = a_customer()
    hers = a_conversation(of=ana, level=Level.verified)
    older = an_order(ana, number="A-1", placed_at=NOW - timedelta(days=1))
    await kept(sessions, ana, an_order(ana), older, hers)

    heard = await play(ActionOrderStatus, a_tracker(hers))

    assert heard.names == ["utter_order_which"]
    assert heard.responses[0]["order_numbers"] == "A-17 and A-1"
    assert [b["payload"] for b in heard.responses[0]["buttons"]] == [
        '/inform{"order_number": "A-17"}',
        '/inform{"order_number": "A-1"}',
    ]
    assert heard.slots["question"] == "errand"


async def test_tells_of_the_latest_when_all_have_arrived(
    sessions: SessionFactory, play: Play
) -> None:
    ana = a_customer()
    hers = a_conversation(of=ana, level=Level.verified)
    await kept(sessions, ana, an_order(ana, state=OrderState.delivered), hers)

    heard = await play(ActionOrderStatus, a_tracker(hers))

    assert heard.names == ["utter_order_delivered"]


async def test_says_so_when_there_is_no_order(sessions: SessionFactory, play: Play) -> None:
    ana = a_customer()
    hers = a_conversation(of=ana, level=Level.verified)
    await kept(sessions, ana, hers)

    heard = await play(ActionOrderStatus, a_tracker(hers))

    assert heard.names == ["utter_order_none"]


async def test_restates_before_it_cancels(sessions: SessionFactory, play: Play) -> None:
    ana = a_customer()
    hers = a_conversation(of=ana, level=Level.verified)
    order = an_order(ana, titles=("Rigoletto", "Aida"))
    await kept(sessions, ana, order, hers)

    heard = await play(ActionCancelOrder, a_tracker(hers))

    assert heard.names == ["utter_cancel_restate"]
    assert heard.responses[0]["titles"] == "Rigoletto and Aida"
    assert heard.responses[0]["total"] == "€55.80"
    assert heard.slots["errands"][0]["given"]["order"] == "A-17"
    assert heard.slots["question"] == "errand"
    assert await _state(sessions, order) is OrderState.placed


async def _state(sessions: SessionFactory, order: Order) -> OrderState:
    async with sessions() as session:
        return (await session.get_one(Order, order.id)).state
