from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select

from actions.ask_voucher import ActionAskVoucher
from actions.recommend_friend import ActionRecommendFriend
from actions.resume_wish import ActionResumeWish
from actions.wiring import Parts
from crm_store.conversations.models import Conversation
from crm_store.customers.models import Level
from crm_store.db import SessionFactory
from crm_store.outbox.models import OutboxMessage
from crm_store.referrals.models import ReferralCode
from crm_store.vouchers.models import Voucher, VoucherOrigin
from crm_store.vouchers.repository import MOST_MISSES
from tests.builders import NOW, a_conversation, a_customer, a_tracker
from tests.integration.actions.conftest import Heard, Play, kept
from tests.integration.actions.dialogue import Dialogue

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

CODE = "GUT-7K2M9QXR"


def a_voucher(**more: object) -> Voucher:
    usual = {
        "code": CODE,
        "origin": VoucherOrigin.bought,
        "value": Decimal("25.00"),
        "currency": "EUR",
        "valid_until": date(2026, 12, 31),
    }
    return Voucher(**{**usual, **more})


async def asks(play: Play, who: Conversation, code: str | None = CODE) -> Heard:
    entities = {"voucher_code": code} if code else {}
    return await play(ActionAskVoucher, a_tracker(who, intent="ask_voucher", entities=entities))


@pytest.mark.parametrize(
    ("more", "response"),
    [
        ({}, "utter_voucher_valid"),
        ({"used_at": NOW}, "utter_voucher_used"),
        ({"valid_until": date(2026, 11, 22)}, "utter_voucher_expired"),
    ],
)
async def test_anybody_may_ask_what_a_code_is_worth(
    sessions: SessionFactory, play: Play, more: dict[str, object], response: str
) -> None:
    somebody = a_conversation()
    await kept(sessions, somebody, a_voucher(**more))

    heard = await asks(play, somebody)

    assert heard.names == [response]
    assert heard.responses[0]["value"] == "€25.00"


async def test_a_conversation_may_try_a_few_unknown_codes_and_no_more(
    sessions: SessionFactory, play: Play
) -> None:
    somebody = a_conversation()
    await kept(sessions, somebody, a_voucher())

    for _ in range(MOST_MISSES):
        assert (await asks(play, somebody, "GUT-22222222")).names == ["utter_voucher_unknown"]
    stopped = await asks(play, somebody)

    assert stopped.names == ["utter_voucher_too_many"]
    assert stopped.slots["question"] == "person"


async def test_a_friends_code_is_told_from_a_voucher(sessions: SessionFactory, play: Play) -> None:
    ana, somebody = a_customer(), a_conversation()
    await kept(sessions, ana, somebody, ReferralCode(customer_id=ana.id, code="ANA-7K2M"))

    heard = await asks(play, somebody, "ana-7k2m")

    assert heard.names == ["utter_voucher_of_friend"]
    assert heard.responses[0]["friend_reward"] == "€10.00"


async def test_a_proved_customer_hears_of_the_vouchers_that_are_still_good(
    sessions: SessionFactory, play: Play
) -> None:
    ana = a_customer()
    hers = a_conversation(of=ana, level=Level.verified)
    await kept(sessions, ana, hers, a_voucher(customer_id=ana.id))
    await kept(sessions, a_voucher(customer_id=ana.id, code="GUT-OLD22222", used_at=NOW))

    heard = await asks(play, hers, None)

    assert heard.names == ["utter_voucher_own", "utter_voucher_how"]
    assert heard.responses[0]["vouchers"] == f"{CODE} of €25.00 until 31 December 2026"


@pytest.mark.parametrize("level", [Level.anonymous, Level.claimed])
async def test_nobody_else_does(sessions: SessionFactory, play: Play, level: Level) -> None:
    ana = a_customer()
    theirs = a_conversation(of=ana, level=level)
    await kept(sessions, ana, theirs, a_voucher(customer_id=ana.id))

    heard = await asks(play, theirs, None)

    assert heard.names == ["utter_voucher_how"]
    assert CODE not in str(heard.responses)


async def test_a_code_for_friends_is_told_and_sent(sessions: SessionFactory, parts: Parts) -> None:
    ana = a_customer()
    hers = a_conversation(of=ana, level=Level.verified)
    await kept(sessions, ana, hers)
    talk = Dialogue(parts, hers)

    first = await talk.says("I want to recommend you", "recommend_friend")
    again = await talk.says("what was my code", "recommend_friend")

    assert first.names == ["utter_referral_code_sent"]
    assert again.names == ["utter_referral_code"]
    code = first.responses[0]["referral_code"]
    assert code == again.responses[0]["referral_code"]
    assert code.startswith("ANA-")
    async with sessions() as session:
        (mail,) = (await session.scalars(select(OutboxMessage))).all()
    assert code in mail.text
    assert mail.address == "ana@example.com"


async def test_a_customer_without_an_address_hears_the_code_alone(
    sessions: SessionFactory, parts: Parts
) -> None:
    ana = a_customer(email=None, phone="+491713920017")
    hers = a_conversation(of=ana, level=Level.verified)
    await kept(sessions, ana, hers)

    heard = await Dialogue(parts, hers).says("recommend", "recommend_friend")

    assert heard.names == ["utter_referral_code"]


async def test_how_it_works_is_told_to_anybody_and_the_code_after_a_proof(
    sessions: SessionFactory, parts: Parts
) -> None:
    ana = a_customer()
    hers = a_conversation(of=ana, level=Level.claimed)
    await kept(sessions, ana, hers)
    talk = Dialogue(parts, hers)

    asked = await talk.says("how does the referral programme work", "recommend_friend")
    async with sessions.begin() as session:
        (await session.get_one(Conversation, hers.id)).level = Level.verified
    await talk.run(ActionResumeWish)
    told = await talk.run(ActionRecommendFriend)

    assert asked.names == ["utter_referral_terms", "utter_verification_needed"]
    assert asked.responses[0]["reward"] == "€10.00"
    assert told.names == ["utter_referral_code_sent"]
