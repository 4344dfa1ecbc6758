"""The rules for returns, and how a customer's own stand."""

from typing import Any

import pytest

from actions.ask_return_policy import ActionAskReturnPolicy
from actions.ask_return_status import ActionAskReturnStatus
from crm_store.base import Language
from crm_store.conversations.models import Channel, Conversation
from crm_store.customers.models import Level
from crm_store.db import SessionFactory
from crm_store.orders.models import OrderState
from crm_store.returns.models import Return
from crm_store.returns.service import Wanted, announce, receive, settle_cancellation
from crm_store.strategy.policies import seed
from crm_store.strategy.repository import PolicyRepository
from tests.builders import NOW, a_conversation, a_customer, a_tracker, an_order
from tests.integration.actions.conftest import Play, kept

pytestmark = [pytest.mark.integration, pytest.mark.anyio]


async def a_talk(
    sessions: SessionFactory,
    *orders: dict[str, Any],
    level: Level = Level.verified,
    channel: Channel = Channel.chat,
) -> Conversation:
    ana = a_customer()
    hers = a_conversation(of=ana, level=level, channel=channel)
    await kept(sessions, ana, *(an_order(ana, **more) for more in orders), hers)
    return hers


async def sent_back(sessions: SessionFactory, hers: Conversation, order: str) -> Return:
    async with sessions.begin() as session:
        return await announce(session, hers, Wanted(order, {"Rigoletto": 1}), at=NOW)


async def test_the_rules_are_the_shops_own(sessions: SessionFactory, play: Play) -> None:
    somebody = a_conversation(language=Language.de)
    await kept(sessions, somebody)
    rules = {"period_days": 60, "label_free": False, "label_cost": "4.90"}
    async with sessions.begin() as session:
        await PolicyRepository(session).change("returns", {**seed()["returns"], **rules}, at=NOW)

    heard = await play(ActionAskReturnPolicy, a_tracker(somebody))

    said = heard.responses[0]
    assert (said["days"], said["exchange_days"]) == ("60", "30")
    assert said["label"] == "Das Rücksendeetikett kostet 4,90\xa0€."


async def test_a_stranger_hears_nothing_of_returns(sessions: SessionFactory, play: Play) -> None:
    hers = await a_talk(sessions, {"state": OrderState.delivered}, level=Level.claimed)

    heard = await play(ActionAskReturnStatus, a_tracker(hers))

    assert heard.followup == "verification_form"


async def test_an_announced_return_has_not_come(sessions: SessionFactory, play: Play) -> None:
    hers = await a_talk(sessions, {"state": OrderState.delivered})
    back = await sent_back(sessions, hers, "A-17")

    heard = await play(ActionAskReturnStatus, a_tracker(hers))

    assert heard.names == ["utter_return_announced"]
    assert heard.responses[0]["return_number"] == back.number
    assert heard.responses[0]["titles"] == "Rigoletto"


async def test_of_a_return_that_came_the_money_has_a_day(
    sessions: SessionFactory, play: Play
) -> None:
    hers = await a_talk(sessions, {"state": OrderState.delivered})
    back = await sent_back(sessions, hers, "A-17")
    async with sessions.begin() as session:
        await receive(session, await session.get_one(Return, back.id), at=NOW)

    heard = await play(ActionAskReturnStatus, a_tracker(hers))

    assert heard.names == ["utter_return_received"]
    assert heard.responses[0]["due_on"] == "28 November 2026"
    assert heard.responses[0]["refund"] == "€27.90"


@pytest.mark.parametrize(
    ("end", "response"),
    [("settle", "utter_return_refunded"), ("reject", "utter_return_rejected")],
)
async def test_a_return_that_has_ended_says_how(
    sessions: SessionFactory, play: Play, end: str, response: str
) -> None:
    hers = await a_talk(sessions, {"state": OrderState.delivered})
    announced = await sent_back(sessions, hers, "A-17")
    async with sessions.begin() as session:
        back = await session.get_one(Return, announced.id)
        back.receive(NOW)
        getattr(back, end)(NOW)

    heard = await play(ActionAskReturnStatus, a_tracker(hers))

    assert heard.names == [response]


async def test_the_money_of_a_cancelled_order_is_told_too(
    sessions: SessionFactory, play: Play
) -> None:
    ana = a_customer()
    order = an_order(ana, state=OrderState.cancelled)
    hers = a_conversation(of=ana, level=Level.verified)
    await kept(sessions, ana, order, hers)
    async with sessions.begin() as session:
        await settle_cancellation(session, order, at=NOW)

    heard = await play(ActionAskReturnStatus, a_tracker(hers))

    assert heard.names == ["utter_refund_due"]


@pytest.mark.parametrize(("channel", "told"), [(Channel.chat, 3), (Channel.phone, 2)])
async def test_no_more_is_told_than_can_be_taken_in(
    sessions: SessionFactory, play: Play, channel: Channel, told: int
) -> None:
    numbers = ("A-1", "A-2", "A-3", "A-4")
    orders = [{"number": number, "state": OrderState.delivered} for number in numbers]
    hers = await a_talk(sessions, *orders, channel=channel)
    for number in numbers:
        await sent_back(sessions, hers, number)

    heard = await play(ActionAskReturnStatus, a_tracker(hers))

    assert heard.names == ["utter_return_announced"] * told


async def test_only_the_order_that_is_named_is_told_of(
    sessions: SessionFactory, play: Play
) -> None:
    orders = [{"number": number, "state": OrderState.delivered} for number in ("A-1", "A-2")]
    hers = await a_talk(sessions, *orders)
    first = await sent_back(sessions, hers, "A-1")
    await sent_back(sessions, hers, "A-2")

    heard = await play(ActionAskReturnStatus, a_tracker(hers, entities={"order_number": "A-1"}))

    assert [said["return_number"] for said in heard.responses] == [first.number]


@pytest.mark.parametrize(
    ("state", "response"),
    [(OrderState.returned, "utter_order_returned"), (OrderState.delivered, "utter_return_none")],
)
async def test_without_a_return_the_order_may_still_tell(
    sessions: SessionFactory, play: Play, state: OrderState, response: str
) -> None:
    hers = await a_talk(sessions, {"state": state})

    heard = await play(ActionAskReturnStatus, a_tracker(hers))

    assert heard.names == [response]
