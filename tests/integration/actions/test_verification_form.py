import re
from typing import Any

import pytest
from sqlalchemy import select

from actions.resume_wish import ActionResumeWish
from actions.validate_verification_form import ValidateVerificationForm
from crm_store.base import Language
from crm_store.conversations.models import Channel, Conversation
from crm_store.customers.models import Customer, Level
from crm_store.db import SessionFactory
from crm_store.outbox.models import OutboxMessage
from tests.builders import a_conversation, a_customer, a_tracker, an_order
from tests.integration.actions.conftest import Heard, Play, kept

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

FORM = "verification_form"
EMAIL = {"email": "ana@example.com"}


async def test_asks_who_it_is_when_nothing_was_claimed(
    sessions: SessionFactory, play: Play
) -> None:
    _, hers = await _ana(sessions)

    heard = await play(ValidateVerificationForm, a_tracker(hers, "where is my order?"))

    assert (heard.names, heard.slots) == ([], {"claim": None})


async def test_takes_an_order_number_that_was_said_before_as_a_claim(
    sessions: SessionFactory, play: Play
) -> None:
    ana, hers = await _ana(sessions)
    await kept(sessions, an_order(ana))

    heard = await play(ValidateVerificationForm, a_tracker(hers, "and now?", order_number="A-17"))

    assert heard.names == ["utter_code_sent"]
    assert heard.slots == {"claim": "sent", "code": None}
    assert len(await _outbox(sessions)) == 1


async def test_a_recognised_caller_gets_a_code_at_once(
    sessions: SessionFactory, play: Play
) -> None:
    ana, hers = await _ana(sessions, channel=Channel.phone, level=Level.claimed)

    heard = await play(ValidateVerificationForm, a_tracker(hers, "where is my order?"))

    assert heard.names == ["utter_code_sent"]
    assert [message.customer_id for message in await _outbox(sessions)] == [ana.id]


@pytest.mark.parametrize("email", ["ana@example.com", "nobody@example.com"])
async def test_answers_alike_whether_the_customer_exists_or_not(
    sessions: SessionFactory, play: Play, email: str
) -> None:
    _, hers = await _ana(sessions)

    heard = await _hears_claim(play, hers, email, entities={"email": email})

    assert heard.names == ["utter_code_sent"]
    assert heard.slots == {"claim": "sent", "code": None}


async def test_writes_the_code_in_the_customers_language(
    sessions: SessionFactory, play: Play
) -> None:
    _, hers = await _ana(sessions, language=Language.de)

    await _hears_claim(play, hers, "ana@example.com")

    [message] = await _outbox(sessions)
    assert re.match(r"\d{6} ist Ihr Code", message.text)


async def test_sends_one_code_for_a_message_that_comes_twice(
    sessions: SessionFactory, play: Play
) -> None:
    _, hers = await _ana(sessions)
    said = a_tracker(hers, "ana@example.com", form=FORM, requested_slot="claim")

    first = await play(ValidateVerificationForm, said)
    again = await play(ValidateVerificationForm, said)

    assert again == first
    assert len(await _outbox(sessions)) == 1


async def test_says_so_when_an_answer_names_nobody(sessions: SessionFactory, play: Play) -> None:
    _, hers = await _ana(sessions)

    heard = await _hears_claim(play, hers, "Ruiz", intent="inform")

    assert (heard.names, heard.slots) == (["utter_claim_not_understood"], {"claim": None})


@pytest.mark.parametrize("slot", ["claim", "code"])
async def test_leaves_other_words_to_other_rules(
    sessions: SessionFactory, play: Play, slot: str
) -> None:
    _, hers = await _ana(sessions)
    said = a_tracker(
        hers, "let me talk to a person", intent="ask_person", form=FORM, requested_slot=slot
    )

    heard = await play(ValidateVerificationForm, said)

    assert (heard.names, heard.events) == ([], [])


async def test_the_right_code_fills_the_form_and_proves_the_customer(
    sessions: SessionFactory, play: Play
) -> None:
    ana, hers = await _ana(sessions)
    await _hears_claim(play, hers, "ana@example.com")
    [message] = await _outbox(sessions)
    code = message.text[:6]

    heard = await _hears_code(play, hers, f"it is {code[:3]} {code[3:]}")

    assert (heard.names, heard.slots) == ([], {"code": "checked"})
    async with sessions() as session:
        proved = await session.get_one(Conversation, hers.id)
    assert (proved.customer_id, proved.level) == (ana.id, Level.verified)


async def test_after_a_wrong_code_says_how_many_tries_are_left(
    sessions: SessionFactory, play: Play
) -> None:
    _, hers = await _ana(sessions)
    await _hears_claim(play, hers, "nobody@example.com")

    heard = [await _hears_code(play, hers, "000000") for _ in range(5)]

    assert [one.names[0] for one in heard] == [
        *["utter_code_wrong"] * 3,
        "utter_code_wrong_last_try",
        "utter_code_expired",
    ]
    assert heard[0].responses[0]["tries_left"] == 4
    assert heard[4].slots == {"claim": None, "code": None}


@pytest.mark.parametrize("said", ["12345", "eins zwei drei"])
async def test_says_what_a_code_looks_like(sessions: SessionFactory, play: Play, said: str) -> None:
    _, hers = await _ana(sessions)

    heard = await _hears_code(play, hers, said)

    assert (heard.names, heard.slots) == (["utter_code_not_understood"], {"code": None})


async def test_whoever_waits_in_vain_hears_where_the_code_goes(
    sessions: SessionFactory, play: Play
) -> None:
    _, hers = await _ana(sessions)

    heard = await _hears_code(play, hers, "bei mir ist kein Code angekommen")

    assert heard.names == ["utter_code_missing"]
    assert heard.slots == {"code": None, "question": "person"}


async def test_a_no_to_the_offer_of_a_person_does_not_end_the_form(
    sessions: SessionFactory, play: Play
) -> None:
    _, hers = await _ana(sessions)

    heard = await _hears_code(play, hers, "no", intent="deny", question="person")

    assert (heard.names, heard.slots) == ([], {})


async def test_another_claim_gets_another_code(sessions: SessionFactory, play: Play) -> None:
    _, hers = await _ana(sessions)
    await _hears_claim(play, hers, "nobody@example.com")

    heard = await _hears_code(play, hers, "sorry, ana@example.com", entities=EMAIL)

    assert heard.names == ["utter_code_sent"]
    assert len(await _outbox(sessions)) == 1


async def test_too_many_codes_end_the_form(sessions: SessionFactory, play: Play) -> None:
    _, hers = await _ana(sessions)
    for _ in range(3):
        await _hears_claim(play, hers, "nobody@example.com")

    heard = await _hears_claim(play, hers, "ana@example.com")

    assert heard.names == ["utter_too_many_codes"]
    assert heard.slots == {"code": None, "requested_slot": None}
    assert heard.followup is None


async def test_a_form_that_ends_as_it_begins_says_what_follows(
    sessions: SessionFactory, play: Play
) -> None:
    ana, hers = await _ana(sessions, level=Level.claimed)
    for _ in range(3):
        await _hears_claim(play, hers, "nobody@example.com")

    heard = await play(ValidateVerificationForm, a_tracker(hers, "where is my order?"))

    assert heard.followup == "action_resume_wish"


async def test_a_no_ends_the_form(sessions: SessionFactory, play: Play) -> None:
    _, hers = await _ana(sessions)

    heard = await _hears_claim(play, hers, "no", intent="deny")

    assert heard.slots == {"code": None, "requested_slot": None}


async def test_the_wish_is_taken_up_once_the_customer_is_proved(
    sessions: SessionFactory, play: Play
) -> None:
    _, hers = await _ana(sessions, level=Level.verified)

    heard = await play(ActionResumeWish, a_tracker(hers, wish="action_order_status"))

    assert heard.names == ["utter_verified"]
    assert heard.followup == "action_order_status"
    assert heard.slots == {"wish": None, "claim": None, "code": None}


async def test_a_filled_form_alone_proves_nothing(sessions: SessionFactory, play: Play) -> None:
    _, hers = await _ana(sessions)
    pretended = a_tracker(hers, wish="action_order_status", claim="sent", code="checked")

    heard = await play(ActionResumeWish, pretended)

    assert heard.names == ["utter_verification_failed"]
    assert heard.followup is None
    assert heard.slots["question"] == "person"


async def _ana(
    sessions: SessionFactory,
    *,
    level: Level = Level.anonymous,
    channel: Channel = Channel.chat,
    language: Language = Language.en,
) -> tuple[Customer, Conversation]:
    ana = a_customer()
    known = ana if level > Level.anonymous else None
    hers = a_conversation(of=known, level=level, channel=channel, language=language)
    await kept(sessions, ana, hers)
    return ana, hers


async def _hears_claim(play: Play, in_: Conversation, text: str, **more: Any) -> Heard:
    said = a_tracker(in_, text, form=FORM, requested_slot="claim", **more)
    return await play(ValidateVerificationForm, said)


async def _hears_code(play: Play, in_: Conversation, text: str, **more: Any) -> Heard:
    said = a_tracker(in_, text, form=FORM, requested_slot="code", **more)
    return await play(ValidateVerificationForm, said)


async def _outbox(sessions: SessionFactory) -> list[OutboxMessage]:
    async with sessions() as session:
        return list(await session.scalars(select(OutboxMessage)))
