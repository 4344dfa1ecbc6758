"""Sending back for money: what is asked, said, refused and written down."""

from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from actions.request_refund import ActionRequestRefund
from actions.return_item import ActionReturnItem
from actions.wiring import Parts
from crm_store.conversations.models import Channel, Conversation
from crm_store.customers.models import Level
from crm_store.db import SessionFactory
from crm_store.orders.models import Order, OrderLine, OrderState
from crm_store.outbox.models import OutboxMessage
from crm_store.returns.models import Reason, Refund, RefundState, Return, ReturnKind, Why
from crm_store.strategy.policies import seed
from crm_store.strategy.repository import PolicyRepository
from tests.builders import NOW, a_conversation, a_customer, an_order
from tests.integration.actions.conftest import Clock, kept
from tests.integration.actions.dialogue import Dialogue
from tests.integration.actions.shop import count

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

ERRANDS = (ActionReturnItem, ActionRequestRefund)


async def with_orders(
    sessions: SessionFactory,
    parts: Parts,
    *orders: dict[str, Any],
    channel: Channel = Channel.chat,
    level: Level = Level.verified,
    email: str | None = "ana@example.com",
) -> Dialogue:
    ana = a_customer(email=email)
    hers = a_conversation(of=ana, level=level, channel=channel)
    default = ({"titles": ("Rigoletto", "Aida")},)
    await kept(
        sessions,
        ana,
        *(an_order(ana, **{"state": OrderState.delivered, **more}) for more in orders or default),
        hers,
    )
    return Dialogue(parts, hers)


async def the_return(sessions: SessionFactory) -> Return:
    async with sessions() as session:
        return (await session.scalars(select(Return))).one()


async def test_asks_restates_and_announces_after_a_yes(
    sessions: SessionFactory, parts: Parts
) -> None:
    talk = await with_orders(sessions, parts)

    await talk.says("I want to return something", "return_item")
    await talk.says("the Aida", "nlu_fallback")
    restated = await talk.says("I do not like it", "nlu_fallback", reason="dislike")
    done = await talk.says("yes", "affirm")

    assert talk.said == [
        "utter_return_line_which",
        "utter_return_reason_ask",
        "utter_return_restate",
        "utter_return_done",
    ]
    said = restated.responses[0]
    assert (said["titles"], said["refund"], said["last_day"]) == (
        "Aida",
        "€27.90",
        "23 December 2026",
    )
    back = await the_return(sessions)
    assert (back.kind, back.reason) == (ReturnKind.money_back, Reason.dislike)
    assert done.responses[0]["return_number"] == back.number
    async with sessions() as session:
        label = (await session.scalars(select(OutboxMessage))).one()
    assert label.address == "ana@example.com"
    assert back.label in label.text
    assert back.number in label.text
    assert back.refund_amount == Decimal("27.90")


async def test_what_is_said_at_once_is_not_asked(sessions: SessionFactory, parts: Parts) -> None:
    talk = await with_orders(sessions, parts)

    restated = await talk.says(
        "Rigoletto from A-17 is broken, I want to return it",
        "return_item",
        order_number="A-17",
        reason="defective",
    )

    assert restated.names == ["utter_return_restate"]


async def test_all_of_it_goes_back_at_once(sessions: SessionFactory, parts: Parts) -> None:
    talk = await with_orders(sessions, parts)

    await talk.says("I want to return all of it, wrong size", "return_item", every="all")
    restated = await talk.says("it does not fit", "inform", reason="wrong_size")
    await talk.says("yes", "affirm")

    assert restated.responses[0]["titles"] == "Rigoletto and Aida"
    assert (await the_return(sessions)).refund_amount == Decimal("55.80")


async def test_of_several_pieces_it_asks_how_many(sessions: SessionFactory, parts: Parts) -> None:
    talk = await with_orders(sessions, parts, {"titles": ("Aida",)})
    await three_pieces(sessions)

    asked = await talk.says("I want to return something", "return_item")
    await talk.says("two of them", "inform", number="2")
    await talk.says("no reason", "nlu_fallback")
    await talk.says("yes", "affirm")

    assert asked.names == ["utter_return_how_many"]
    assert asked.responses[0]["left"] == "3"
    assert (await the_return(sessions)).refund_amount == Decimal("55.80")


async def test_nobody_is_held_up_for_want_of_a_reason(
    sessions: SessionFactory, parts: Parts
) -> None:
    talk = await with_orders(sessions, parts, {"titles": ("Aida",)})
    await talk.says("I want to return Aida", "return_item")

    restated = await talk.says("I'd rather not say", "deny")

    assert restated.names == ["utter_return_restate"]
    await talk.says("yes", "affirm")
    assert (await the_return(sessions)).reason is Reason.other


async def test_a_repeated_yes_announces_once(sessions: SessionFactory, parts: Parts) -> None:
    talk = await with_orders(sessions, parts, {"titles": ("Aida",)})
    await talk.says("I want to return Aida, wrong size", "return_item", reason="wrong_size")
    before, message = dict(talk.slots), uuid4()

    first = await talk.says("yes", "affirm", message=message)
    talk.slots = before
    again = await talk.says("yes", "affirm", message=message)

    assert (first.names, first.events) == (again.names, again.events)
    assert await count(sessions, Return) == await count(sessions, OutboxMessage) == 1


async def test_a_no_changes_nothing(sessions: SessionFactory, parts: Parts) -> None:
    talk = await with_orders(sessions, parts, {"titles": ("Aida",)})
    await talk.says("I want to return Aida, wrong size", "return_item", reason="wrong_size")

    kept_ = await talk.says("no, I keep it", "deny")

    assert kept_.names == ["utter_return_kept"]
    assert await count(sessions, Return) == 0


async def test_what_it_costs_is_said_before_the_yes(sessions: SessionFactory, parts: Parts) -> None:
    talk = await with_orders(sessions, parts, {"titles": ("Aida",)})
    rules = {"label_free": False, "label_cost": "4.90", "restocking_fee": "2.00"}
    async with sessions.begin() as session:
        await PolicyRepository(session).change("returns", {**seed()["returns"], **rules}, at=NOW)

    restated = await talk.says("return Aida, not to my taste", "return_item", reason="dislike")

    said = restated.responses[0]
    assert said["conditions"] == "The return label costs €4.90. We keep €2.00 for handling it."
    assert said["refund"] == "€21.00"


async def test_too_late_is_said_with_the_last_day_and_a_person_is_offered(
    sessions: SessionFactory, parts: Parts, clock: Clock
) -> None:
    talk = await with_orders(sessions, parts)
    clock.now = NOW + timedelta(days=31)
    await still_proved(sessions, talk, clock)

    told = await talk.says("I want to return Aida", "return_item")

    assert told.names == ["utter_return_too_late"]
    assert told.responses[0]["last_day"] == "23 December 2026"
    assert told.slots["question"] == "person"


async def test_the_last_day_is_still_in_time(
    sessions: SessionFactory, parts: Parts, clock: Clock
) -> None:
    talk = await with_orders(sessions, parts)
    clock.now = NOW + timedelta(days=30)
    await still_proved(sessions, talk, clock)

    told = await talk.says("I want to return Aida", "return_item")

    assert told.names == ["utter_return_reason_ask"]


async def test_of_several_orders_only_those_in_time_are_thought_of(
    sessions: SessionFactory, parts: Parts
) -> None:
    old = {"number": "A-1", "titles": ("Aida",), "placed_at": NOW - timedelta(days=90)}
    talk = await with_orders(sessions, parts, old, {"titles": ("Aida",)})
    async with sessions.begin() as session:
        order = (await session.scalars(select(Order).where(Order.number == "A-1"))).one()
        order.delivered_at = NOW - timedelta(days=80)

    asked = await talk.says("I want to send Aida back", "return_item")

    assert asked.names == ["utter_return_reason_ask"]
    assert asked.slots["order_number"] == "A-17"


async def test_what_has_not_left_is_cancelled_instead(
    sessions: SessionFactory, parts: Parts
) -> None:
    talk = await with_orders(sessions, parts, {"state": OrderState.placed})

    told = await talk.says("I want to return my order", "return_item")

    assert told.names == ["utter_return_not_sent"]
    assert told.slots["offered"] == {"errand": "action_cancel_order", "given": {"order": "A-17"}}


@pytest.mark.parametrize(
    ("state", "response"),
    [
        (OrderState.shipped, "utter_return_on_its_way"),
        (OrderState.returned, "utter_order_returned"),
        (OrderState.cancelled, "utter_refund_unknown"),
    ],
)
async def test_what_was_not_delivered_is_told_as_it_stands(
    sessions: SessionFactory, parts: Parts, state: OrderState, response: str
) -> None:
    talk = await with_orders(sessions, parts, {"state": state})

    told = await talk.says("I want my money back", "request_refund")

    assert told.names == [response]
    assert told.slots["errands"] is None


async def test_a_cancelled_orders_money_is_told_as_it_stands(
    sessions: SessionFactory, parts: Parts
) -> None:
    talk = await with_orders(sessions, parts, {"state": OrderState.cancelled})
    async with sessions.begin() as session:
        order = (await session.scalars(select(Order))).one()
        session.add(
            Refund(
                customer_id=order.customer_id,
                order_id=order.id,
                order_number=order.number,
                why=Why.cancellation,
                state=RefundState.paid,
                amount=order.total,
                currency=order.currency,
                due_on=NOW.date(),
                paid_at=NOW,
            )
        )

    told = await talk.says("I want my money back", "request_refund")

    assert told.names == ["utter_refund_paid"]
    assert told.responses[0]["paid_on"] == "23 November 2026"


async def test_the_money_of_an_order_cancelled_today_is_under_way(
    sessions: SessionFactory, parts: Parts
) -> None:
    talk = await with_orders(sessions, parts, {"state": OrderState.cancelled})
    async with sessions.begin() as session:
        (await session.scalars(select(Order))).one().cancelled_at = NOW

    told = await talk.says("I want my money back", "request_refund")

    assert told.names == ["utter_refund_due"]
    assert told.responses[0]["due_on"] == "28 November 2026"


async def test_what_was_to_be_paid_by_invoice_needs_no_refund(
    sessions: SessionFactory, parts: Parts
) -> None:
    talk = await with_orders(sessions, parts, {"state": OrderState.cancelled})
    async with sessions.begin() as session:
        (await session.scalars(select(Order))).one().payment = "invoice"

    told = await talk.says("I want my money back", "request_refund")

    assert told.names == ["utter_refund_nothing_paid"]


async def test_money_that_should_have_come_is_looked_for_by_a_person(
    sessions: SessionFactory, parts: Parts
) -> None:
    talk = await with_orders(sessions, parts, {"state": OrderState.cancelled})
    async with sessions.begin() as session:
        (await session.scalars(select(Order))).one().cancelled_at = NOW - timedelta(days=20)

    told = await talk.says("I want my money back", "request_refund")

    assert told.names == ["utter_refund_overdue"]
    assert told.slots["question"] == "person"


async def test_nothing_goes_back_twice(sessions: SessionFactory, parts: Parts) -> None:
    talk = await with_orders(sessions, parts)
    await talk.says("return Aida, wrong size", "return_item", reason="wrong_size")
    await talk.says("yes", "affirm")

    again = await talk.says("return Aida, wrong size", "return_item", reason="wrong_size")

    assert again.names == ["utter_return_already"]
    assert again.responses[0]["return_number"] == (await the_return(sessions)).number


async def test_a_refund_is_asked_for_like_a_return(sessions: SessionFactory, parts: Parts) -> None:
    talk = await with_orders(sessions, parts, {"titles": ("Aida",)})
    await talk.says("refund me for Aida, it is faulty", "request_refund", reason="defective")

    done = await talk.says("yes", "affirm")

    assert done.names == ["utter_return_done"]
    assert (await the_return(sessions)).reason is Reason.defective


async def test_somebody_elses_order_is_not_found(sessions: SessionFactory, parts: Parts) -> None:
    talk = await with_orders(sessions, parts)
    ben = a_customer(number="C-2", email="ben@example.com")
    await kept(sessions, ben, an_order(ben, number="A-9", state=OrderState.delivered))

    told = await talk.says("return order A-9", "return_item", order_number="A-9")

    assert told.names[0] == "utter_order_not_found"
    assert await count(sessions, Return) == 0


async def test_a_stranger_returns_nothing(sessions: SessionFactory, parts: Parts) -> None:
    talk = await with_orders(sessions, parts, level=Level.claimed)

    asked = await talk.says("return Aida", "return_item")

    assert asked.followup == "verification_form"


async def test_without_a_contact_the_label_is_told(sessions: SessionFactory, parts: Parts) -> None:
    talk = await with_orders(sessions, parts, {"titles": ("Aida",)}, email=None)
    await talk.says("return Aida, wrong size", "return_item", reason="wrong_size")

    done = await talk.says("yes", "affirm")

    assert done.names == ["utter_return_done_label"]
    assert done.responses[0]["label"] == (await the_return(sessions)).label


async def three_pieces(sessions: SessionFactory) -> None:
    async with sessions.begin() as session:
        line = (await session.scalars(select(OrderLine))).one()
        line.quantity = 3


async def still_proved(sessions: SessionFactory, talk: Dialogue, clock: Clock) -> None:
    async with sessions.begin() as session:
        (await session.get_one(Conversation, talk.conversation.id)).level_seen_at = clock.now
