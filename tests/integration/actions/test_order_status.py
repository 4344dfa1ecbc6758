"""Where orders are: one, all of them, late ones, and the list of them."""

from datetime import date, timedelta

import pytest

from actions.list_orders import ActionListOrders
from actions.order_status import ActionOrderStatus
from actions.report_missing import ActionReportMissing
from actions.wiring import Parts
from crm_store.conversations.models import Channel, Conversation
from crm_store.customers.models import Level
from crm_store.db import SessionFactory
from crm_store.orders.models import Order, OrderState
from tests.builders import NOW, a_conversation, a_customer, an_order
from tests.integration.actions.conftest import kept
from tests.integration.actions.dialogue import Dialogue

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

LATE = date(2026, 11, 20)


async def of_ana(
    sessions: SessionFactory, *states: OrderState, channel: Channel = Channel.chat
) -> tuple[Conversation, list[Order]]:
    """Ana's orders A-1, A-2 and so on, each a day older than the one before."""
    ana = a_customer()
    hers = a_conversation(of=ana, level=Level.verified, channel=channel)
    titles = ("Rigoletto", "Aida", "Otello", "Don Carlos", "Falstaff")
    orders = [
        an_order(
            ana,
            number=f"A-{place + 1}",
            state=state,
            titles=(titles[place % len(titles)],),
            placed_at=NOW - timedelta(days=place),
        )
        for place, state in enumerate(states)
    ]
    await kept(sessions, ana, hers, *orders)
    return hers, orders


PLACED, SHIPPED, DELIVERED = OrderState.placed, OrderState.shipped, OrderState.delivered


@pytest.mark.parametrize(
    ("text", "entities", "number"),
    [
        ("where is order 2", {"number": "2"}, "A-2"),
        ("where is the last one", {"position": "-1"}, "A-1"),
        ("where is the second one", {"position": "2"}, "A-2"),
        ("where is my Aida", {}, "A-2"),
        ("where is what I ordered on Sunday", {"date": "2026-11-22"}, "A-2"),
    ],
)
async def test_an_order_is_named_in_whatever_way(
    sessions: SessionFactory, parts: Parts, text: str, entities: dict[str, str], number: str
) -> None:
    hers, _ = await of_ana(sessions, SHIPPED, SHIPPED)

    heard = await Dialogue(parts, hers).says(
        text, "ask_order_status", entities, action=ActionOrderStatus
    )

    assert heard.names == ["utter_order_shipped"]
    assert heard.responses[0]["order_number"] == number


async def test_all_of_them_are_told_one_by_one(sessions: SessionFactory, parts: Parts) -> None:
    hers, _ = await of_ana(sessions, SHIPPED, PLACED, DELIVERED)

    heard = await Dialogue(parts, hers).says(
        "where are all of them", "ask_order_status", action=ActionOrderStatus, every="all"
    )

    assert heard.names == ["utter_order_shipped", "utter_order_placed"]
    assert heard.slots["order_number"] is None


async def test_which_one_is_answered_by_all_of_them(sessions: SessionFactory, parts: Parts) -> None:
    hers, _ = await of_ana(sessions, SHIPPED, PLACED)
    talk = Dialogue(parts, hers)

    await talk.says("where is my order", "ask_order_status", action=ActionOrderStatus)
    await talk.says("both of them", "inform", every="all")

    assert talk.said == ["utter_order_which", "utter_order_shipped", "utter_order_placed"]


async def test_a_late_order_is_looked_into_after_one_yes(
    sessions: SessionFactory, parts: Parts
) -> None:
    ana = a_customer()
    hers = a_conversation(of=ana, level=Level.verified)
    await kept(sessions, ana, hers, an_order(ana, state=SHIPPED, expected_on=LATE))
    talk = Dialogue(parts, hers)

    await talk.says("where is my order", "ask_order_status", action=ActionOrderStatus)
    offer = talk.slots["offered"]
    done = await talk.accepts()

    assert offer["errand"] == ActionReportMissing.action_name
    assert talk.said == ["utter_order_late", "utter_missing_done"]
    assert done.responses[0]["case_number"].startswith("K-")


async def test_among_all_a_late_one_is_said_to_be_late(
    sessions: SessionFactory, parts: Parts
) -> None:
    hers, orders = await of_ana(sessions, SHIPPED, SHIPPED)
    async with sessions.begin() as session:
        (await session.get_one(Order, orders[1].id)).expected_on = LATE

    heard = await Dialogue(parts, hers).says(
        "all my orders", "ask_order_status", every="all", action=ActionOrderStatus
    )

    assert heard.names == ["utter_order_shipped", "utter_order_late_told"]


@pytest.mark.parametrize(("channel", "told"), [(Channel.chat, 5), (Channel.phone, 3)])
async def test_orders_are_listed_newest_first_and_few_on_the_phone(
    sessions: SessionFactory, parts: Parts, channel: Channel, told: int
) -> None:
    hers, _ = await of_ana(
        sessions, PLACED, SHIPPED, DELIVERED, DELIVERED, DELIVERED, channel=channel
    )

    heard = await Dialogue(parts, hers).says(
        "which orders do I have", "list_orders", action=ActionListOrders
    )

    assert heard.names == ["utter_orders_list"]
    entries = heard.responses[0]["entries"]
    assert entries.startswith("A-1")
    assert entries.count("A-") == told


async def test_orders_are_listed_of_the_days_that_are_named(
    sessions: SessionFactory, parts: Parts
) -> None:
    hers, _ = await of_ana(sessions, PLACED, SHIPPED, DELIVERED)
    talk = Dialogue(parts, hers)

    some = await talk.says(
        "what did I order at the weekend",
        "list_orders",
        date="2026-11-21/2026-11-22",
        action=ActionListOrders,
    )
    none = await talk.says(
        "what did I order in May",
        "list_orders",
        date="2026-05-01/2026-05-31",
        action=ActionListOrders,
    )

    assert "A-1 " not in some.responses[0]["entries"]
    assert some.responses[0]["entries"].count("A-") == 2
    assert none.names == ["utter_orders_none_between"]
    assert none.responses[0]["first"] == "1 May 2026"


async def test_nobody_elses_orders_are_listed(sessions: SessionFactory, parts: Parts) -> None:
    _, _ = await of_ana(sessions, PLACED)
    ben = a_customer(number="C-2", email="ben@example.com")
    his = a_conversation(of=ben, level=Level.verified)
    await kept(sessions, ben, his)

    heard = await Dialogue(parts, his).says("my orders", "list_orders", action=ActionListOrders)

    assert heard.names == ["utter_order_none"]


async def test_a_stranger_hears_of_no_orders(sessions: SessionFactory, parts: Parts) -> None:
    await of_ana(sessions, PLACED)
    stranger = a_conversation()
    await kept(sessions, stranger)

    heard = await Dialogue(parts, stranger).says(
        "my orders", "list_orders", action=ActionListOrders
    )

    assert heard.names == ["utter_verification_needed"]
    assert heard.followup == "verification_form"
