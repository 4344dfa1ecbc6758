"""Newsletter, consents, what is stored, and being forgotten."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from actions import (
    ask_my_data,
    erase_my_data,
    give_consent,
    subscribe_newsletter,
    unsubscribe_newsletter,
    withdraw_consent,
)
from actions.resume_wish import ActionResumeWish
from actions.wiring import Parts
from crm_store.base import Json
from crm_store.cases.models import Case, CaseKind
from crm_store.conversations.models import Channel
from crm_store.customers.models import Customer, Interest, InterestSource, Level
from crm_store.db import SessionFactory
from crm_store.privacy.models import ConsentKind, ErasureRequest
from crm_store.privacy.repository import ConsentRepository
from crm_store.strategy.policies import policies, seed
from crm_store.strategy.repository import PolicyRepository
from tests.builders import NOW, a_conversation, an_order
from tests.integration.actions.conftest import Clock, kept
from tests.integration.actions.dialogue import Dialogue
from tests.integration.actions.proving import a_stranger, ana_is_known, code_sent_to, written

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

ERRANDS = (
    *(ask_my_data, erase_my_data, give_consent),
    *(subscribe_newsletter, unsubscribe_newsletter, withdraw_consent),
)
"""Known to a dialogue once they are imported."""
SOMEBODY = "somebody@example.com"
ANA = "ana@example.com"


async def test_a_customer_has_the_newsletter_after_a_yes(
    sessions: SessionFactory, parts: Parts
) -> None:
    _, hers = await ana_is_known(sessions)
    talk = Dialogue(parts, hers)

    await talk.says("subscribe me to the newsletter", "subscribe_newsletter")
    assert not await _gets_it(sessions, ANA)
    await talk.says("yes", "affirm")

    assert talk.said == ["utter_newsletter_restate_on_file", "utter_newsletter_done"]
    assert await _gets_it(sessions, ANA)


async def test_who_has_it_already_is_told_so(
    sessions: SessionFactory, parts: Parts, clock: Clock
) -> None:
    _, hers = await ana_is_known(sessions)
    talk = Dialogue(parts, hers)
    await talk.says("newsletter", "subscribe_newsletter")
    await talk.says("yes", "affirm")

    again = await talk.says("newsletter please", "subscribe_newsletter", email=ANA)

    assert again.names == ["utter_newsletter_already"]


async def test_an_address_of_whoever_gets_it_once_it_has_confirmed_that(
    sessions: SessionFactory, parts: Parts
) -> None:
    talk = Dialogue(parts, await a_stranger(sessions))

    await talk.says("I want the newsletter", "subscribe_newsletter")
    await talk.says(SOMEBODY, "inform", email=SOMEBODY)
    await talk.says("yes", "affirm")
    assert not await _gets_it(sessions, SOMEBODY)
    await talk.says(await code_sent_to(sessions, SOMEBODY), "inform")

    assert talk.said == [
        "utter_newsletter_ask",
        "utter_newsletter_restate",
        "utter_contact_code_sent",
        "utter_newsletter_done",
    ]
    assert await _gets_it(sessions, SOMEBODY)


async def test_a_stranger_ends_it_for_an_address_in_one_sentence(
    sessions: SessionFactory, parts: Parts, clock: Clock
) -> None:
    _, hers = await ana_is_known(sessions)
    talk = Dialogue(parts, hers)
    await talk.says("newsletter", "subscribe_newsletter")
    await talk.says("yes", "affirm")
    clock.now += timedelta(minutes=1)
    stranger = Dialogue(parts, await a_stranger(sessions))

    heard = await stranger.says("no more newsletter", "unsubscribe_newsletter", email=ANA)

    assert heard.names == ["utter_newsletter_ended"]
    assert not await _gets_it(sessions, ANA)


async def test_ending_it_tells_nothing_of_who_has_it(
    sessions: SessionFactory, parts: Parts
) -> None:
    talk = Dialogue(parts, await a_stranger(sessions))

    heard = await talk.says("no newsletter", "unsubscribe_newsletter", email="nobody@example.com")

    assert heard.names == ["utter_newsletter_ended"]


async def test_a_customer_ends_it_without_naming_an_address(
    sessions: SessionFactory, parts: Parts, clock: Clock
) -> None:
    _, hers = await ana_is_known(sessions)
    talk = Dialogue(parts, hers)
    await talk.says("newsletter", "subscribe_newsletter")
    await talk.says("yes", "affirm")
    clock.now += timedelta(minutes=1)

    heard = await talk.says("stop the newsletter", "unsubscribe_newsletter")

    assert heard.names == ["utter_newsletter_ended_on_file"]
    assert not await _gets_it(sessions, ANA)


async def test_a_consent_is_given_after_a_yes_and_withdrawn_at_a_word(
    sessions: SessionFactory, parts: Parts, clock: Clock
) -> None:
    ana, hers = await ana_is_known(sessions)
    talk = Dialogue(parts, hers)

    await talk.says("you may call me", "give_consent", consent="phone")
    assert await _decided(sessions, ana) == {}
    await talk.says("yes", "affirm")
    assert await _decided(sessions, ana) == {ConsentKind.phone: True}
    clock.now += timedelta(minutes=1)
    await talk.says("stop calling me", "withdraw_consent", consent="phone")

    assert talk.said == ["utter_consent_restate", "utter_consent_given", "utter_consent_withdrawn"]
    assert await _decided(sessions, ana) == {ConsentKind.phone: False}


async def test_what_was_allowed_is_on_offer_to_be_withdrawn_first(
    sessions: SessionFactory, parts: Parts, clock: Clock
) -> None:
    ana, hers = await ana_is_known(sessions)
    talk = Dialogue(parts, hers)
    await talk.says("recording is fine", "give_consent", consent="recording")
    await talk.says("yes", "affirm")
    clock.now += timedelta(minutes=1)

    asked = await talk.says("I withdraw my consent", "withdraw_consent")
    await talk.says("the first", "inform", position="1")

    assert asked.names == ["utter_consent_withdraw_ask"]
    assert len(asked.responses[0]["buttons"]) == 3
    assert "recording" in asked.responses[0]["buttons"][0]["payload"]
    assert await _decided(sessions, ana) == {ConsentKind.recording: False}


@pytest.mark.parametrize(
    "intent", ["give_consent", "withdraw_consent", "ask_my_data", "erase_my_data"]
)
async def test_a_stranger_proves_who_they_are_first(
    sessions: SessionFactory, parts: Parts, intent: str
) -> None:
    _, claimed = await ana_is_known(sessions, level=Level.claimed)

    asked = await Dialogue(parts, claimed).says("please", intent, consent="phone")

    assert asked.names == ["utter_verification_needed"]
    assert asked.followup == "verification_form"


async def test_what_is_stored_is_told_in_a_sentence_and_sent_after_a_yes(
    sessions: SessionFactory, parts: Parts
) -> None:
    ana, hers = await ana_is_known(sessions)
    verdi = Interest(
        customer_id=ana.id, text="Verdi", language=hers.language, source=InterestSource.bought
    )
    await kept(sessions, an_order(ana), verdi)
    talk = Dialogue(parts, hers)

    told = await talk.says("what do you know about me", "ask_my_data")
    assert await written(sessions) == []
    done = await talk.says("yes", "affirm")

    assert told.names == [
        "utter_my_data_summary",
        "utter_my_data_interests",
        "utter_my_data_restate",
    ]
    summary = told.responses[0]
    assert (summary["orders"], summary["conversations"]) == (1, 1)
    assert summary["kinds"] == "name and e-mail address"
    assert told.responses[1]["interests"] == "Verdi (bought)"
    async with sessions() as session:
        case = (await session.scalars(select(Case))).one()
    assert (case.kind, case.number) == (CaseKind.privacy, done.responses[0]["case_number"])
    [message] = await written(sessions)
    assert message.address == ANA
    assert case.number in message.text


async def test_no_address_or_name_is_told_in_the_conversation(
    sessions: SessionFactory, parts: Parts
) -> None:
    _, hers = await ana_is_known(sessions)

    told = await Dialogue(parts, hers).says("which email have you got", "ask_my_data")

    assert ANA not in str(told.responses)
    assert "Ruiz" not in str(told.responses)


async def test_an_erasure_says_what_stays_and_waits(sessions: SessionFactory, parts: Parts) -> None:
    _, hers = await ana_is_known(sessions)
    talk = Dialogue(parts, hers)

    told = await talk.says("delete my data", "erase_my_data")
    assert await _requests(sessions) == 0
    await talk.says("yes", "affirm")

    shop = policies({}).privacy
    assert told.responses[0]["days"] == shop.erasure_days
    assert told.responses[0]["years"] == shop.invoice_years
    assert talk.said == ["utter_erasure_restate", "utter_erasure_done"]
    assert await _requests(sessions) == 1
    assert [message.address for message in await written(sessions)] == [ANA]


async def test_said_again_it_can_be_taken_back(sessions: SessionFactory, parts: Parts) -> None:
    _, hers = await ana_is_known(sessions)
    talk = Dialogue(parts, hers)
    await talk.says("delete my data", "erase_my_data")
    await talk.says("yes", "affirm")

    await talk.says("withdraw the deletion", "erase_my_data")
    await talk.says("yes", "affirm")

    assert talk.said[2:] == ["utter_erasure_withdraw_restate", "utter_erasure_withdrawn"]
    async with sessions() as session:
        request = (await session.scalars(select(ErasureRequest))).one()
    assert not request.pending


async def test_a_no_to_taking_it_back_leaves_it(sessions: SessionFactory, parts: Parts) -> None:
    _, hers = await ana_is_known(sessions)
    talk = Dialogue(parts, hers)
    await talk.says("delete my data", "erase_my_data")
    await talk.says("yes", "affirm")

    await talk.says("withdraw the deletion", "erase_my_data")
    await talk.says("no", "deny")

    async with sessions() as session:
        request = (await session.scalars(select(ErasureRequest))).one()
    assert request.pending


async def test_a_yes_takes_back_nothing_that_was_done_meanwhile(
    sessions: SessionFactory, parts: Parts
) -> None:
    _, hers = await ana_is_known(sessions)
    talk = Dialogue(parts, hers)
    await talk.says("delete my data", "erase_my_data")
    await talk.says("yes", "affirm")
    await talk.says("withdraw the deletion", "erase_my_data")
    async with sessions.begin() as session:
        (await session.scalars(select(ErasureRequest))).one().withdrawn_at = NOW

    late = await talk.says("yes", "affirm")

    assert late.names == ["utter_erasure_over"]
    assert await _requests(sessions) == 1


async def test_a_shop_that_wants_its_own_login_says_so(
    sessions: SessionFactory, parts: Parts
) -> None:
    _, hers = await ana_is_known(sessions)
    async with sessions.begin() as session:
        rules: Json = {**seed()["verification"], "erasure": "strong"}
        await PolicyRepository(session).change("verification", rules, at=NOW)

    refused = await Dialogue(parts, hers).says("delete my data", "erase_my_data")

    assert refused.names == ["utter_strong_needed"]


async def test_whoever_comes_back_in_time_is_reminded_once(
    sessions: SessionFactory, parts: Parts
) -> None:
    ana, hers = await ana_is_known(sessions)
    talk = Dialogue(parts, hers)
    await talk.says("delete my data", "erase_my_data")
    await talk.says("yes", "affirm")

    heard = []
    for _ in range(2):
        later = a_conversation(of=ana, level=Level.verified, channel=Channel.phone)
        await kept(sessions, later)
        heard.append(await Dialogue(parts, later).run(ActionResumeWish))

    assert heard[0].names == [
        "utter_verified",
        "utter_erasure_mentioned",
        "utter_verified_what_next",
    ]
    assert heard[1].names == ["utter_verified", "utter_verified_what_next"]


async def _gets_it(sessions: SessionFactory, address: str) -> bool:
    async with sessions() as session:
        return await ConsentRepository(session).newsletter_goes_to(address)


async def _decided(sessions: SessionFactory, customer: Customer) -> dict[ConsentKind, bool]:
    async with sessions() as session:
        return await ConsentRepository(session).present(customer.id)


async def _requests(sessions: SessionFactory) -> int:
    async with sessions() as session:
        return await session.scalar(select(func.count()).select_from(ErasureRequest)) or 0
