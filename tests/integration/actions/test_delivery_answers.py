"""What anybody may ask: how long delivery takes, which ways there are, what cancelling costs."""

from decimal import Decimal

import pytest

from actions.cancellation_fee import ActionCancellationFee
from actions.delivery_options import ActionDeliveryOptions
from actions.delivery_time import ActionDeliveryTime
from crm_store.base import Language
from crm_store.conversations.models import Channel
from crm_store.customers.models import Level
from crm_store.db import SessionFactory
from crm_store.orders.models import OrderState
from crm_store.strategy.policies import seed
from crm_store.strategy.repository import PolicyRepository
from tests.builders import NOW, a_conversation, a_customer, a_tracker, an_order
from tests.integration.actions.conftest import Play, kept

pytestmark = [pytest.mark.integration, pytest.mark.anyio]


async def test_delivery_time_is_told_by_the_day_it_would_arrive(
    sessions: SessionFactory, play: Play
) -> None:
    visitor = a_conversation()
    await kept(sessions, visitor)

    heard = await play(ActionDeliveryTime, a_tracker(visitor, "how long does delivery take"))

    assert heard.names == ["utter_delivery_time"]
    # Four working days after Monday the 23rd, and one.
    assert "standard delivery by Friday 27 November" in heard.responses[0]["entries"]
    assert "express by Tuesday 24 November" in heard.responses[0]["entries"]


@pytest.mark.parametrize(
    ("day", "response", "option"),
    [
        ("2026-11-30", "utter_delivery_in_time", "standard delivery"),
        ("2026-11-24", "utter_delivery_in_time", "express"),
        ("2026-11-23", "utter_delivery_not_in_time", "express"),
        ("2026-11-16/2026-11-30", "utter_delivery_in_time", "standard delivery"),
    ],
)
async def test_whether_it_is_there_by_a_day_is_told_honestly(
    sessions: SessionFactory, play: Play, day: str, response: str, option: str
) -> None:
    visitor = a_conversation()
    await kept(sessions, visitor)

    heard = await play(
        ActionDeliveryTime, a_tracker(visitor, "there by then?", entities={"date": day})
    )

    assert heard.names == [response]
    assert heard.responses[0]["option"] == option


@pytest.mark.parametrize("action", [ActionDeliveryTime, ActionDeliveryOptions])
async def test_a_country_that_is_named_is_answered_first(
    sessions: SessionFactory,
    play: Play,
    action: type[ActionDeliveryTime | ActionDeliveryOptions],
) -> None:
    visitor = a_conversation()
    await kept(sessions, visitor)

    austria = await play(action, a_tracker(visitor, "do you deliver to Austria"))
    malta = await play(action, a_tracker(visitor, "do you deliver to Malta"))

    assert austria.names[0] == "utter_delivery_country"
    assert len(austria.names) == 2
    assert malta.names == ["utter_address_not_served"]
    assert malta.responses[0]["countries"] == "Germany, Austria and Switzerland"


async def test_whoever_waits_for_an_order_hears_of_that_too(
    sessions: SessionFactory, play: Play
) -> None:
    ana = a_customer()
    hers = a_conversation(of=ana, level=Level.verified)
    await kept(sessions, ana, hers, an_order(ana, state=OrderState.shipped))

    heard = await play(ActionDeliveryTime, a_tracker(hers, "how long will it take"))

    assert heard.names == ["utter_delivery_time", "utter_delivery_own_order"]
    assert heard.responses[1]["order_number"] == "A-17"


async def test_a_stranger_hears_of_nobodys_order(sessions: SessionFactory, play: Play) -> None:
    ana = a_customer()
    claimed = a_conversation(of=ana, level=Level.claimed)
    await kept(sessions, ana, claimed, an_order(ana, state=OrderState.shipped))

    heard = await play(ActionDeliveryTime, a_tracker(claimed, "how long will it take"))

    assert heard.names == ["utter_delivery_time"]


async def test_ways_of_delivery_are_told_with_their_prices(
    sessions: SessionFactory, play: Play
) -> None:
    visitor = a_conversation(language=Language.de)
    await kept(sessions, visitor)

    heard = await play(ActionDeliveryOptions, a_tracker(visitor, "Was kostet der Versand?"))

    told = heard.responses[0]
    assert "Standardversand für 3,90 € (2 bis 4 Werktage)" in told["entries"].replace("\xa0", " ")
    assert "Express für 9,90 € (ein Werktag)" in told["entries"].replace("\xa0", " ")
    assert "kostenlos" in told["entries"]
    assert told["countries"] == "Deutschland, Österreich und Schweiz"


async def test_a_caller_hears_the_first_two_ways_only(sessions: SessionFactory, play: Play) -> None:
    caller = a_conversation(channel=Channel.phone)
    await kept(sessions, caller)

    heard = await play(ActionDeliveryOptions, a_tracker(caller, "what does delivery cost"))

    assert heard.responses[0]["entries"] == "standard delivery at €3.90 and express at €9.90"


@pytest.mark.parametrize(
    ("fee", "response"),
    [("0.00", "utter_cancellation_free"), ("4.50", "utter_cancellation_fee")],
)
async def test_what_cancelling_costs_is_the_shops_decision(
    sessions: SessionFactory, play: Play, fee: str, response: str
) -> None:
    visitor = a_conversation()
    await kept(sessions, visitor)
    async with sessions.begin() as session:
        rules = {**seed()["cancellation"], "fee": fee}
        await PolicyRepository(session).change("cancellation", rules, at=NOW)

    heard = await play(ActionCancellationFee, a_tracker(visitor, "does cancelling cost anything"))

    assert heard.names == [response]
    assert heard.responses[0]["fee"] == f"€{Decimal(fee)}"
    assert heard.responses[0]["days"] == "30"
