from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from actions.call_me_back import ActionCallMeBack
from actions.wiring import Parts
from actions.write_review import ActionWriteReview
from crm_store.agents.models import Agent
from crm_store.callbacks.models import CallbackRequest
from crm_store.conversations.models import Channel, Conversation
from crm_store.customers.models import Level
from crm_store.db import SessionFactory
from crm_store.strategy.policies import seed
from crm_store.strategy.repository import PolicyRepository
from tests.builders import NOW, a_conversation, a_customer
from tests.integration.actions.conftest import Clock, kept
from tests.integration.actions.dialogue import Dialogue

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

(CALL_BACK,) = ActionCallMeBack.intents
(REVIEW,) = ActionWriteReview.intents
NUMBER = "+491713920017"


async def somebody(sessions: SessionFactory, *, channel: Channel = Channel.chat) -> Conversation:
    theirs = a_conversation(channel=channel)
    await kept(sessions, theirs)
    return theirs


async def with_ana(sessions: SessionFactory, *, level: Level = Level.verified) -> Conversation:
    ana = a_customer(phone=NUMBER)
    hers = a_conversation(of=ana, level=level)
    await kept(sessions, ana, hers)
    return hers


async def requests(sessions: SessionFactory) -> list[CallbackRequest]:
    async with sessions() as session:
        return list((await session.scalars(select(CallbackRequest))).all())


async def test_a_call_is_asked_for_restated_and_promised(
    sessions: SessionFactory, parts: Parts
) -> None:
    talk = Dialogue(parts, await somebody(sessions))

    await talk.says("please call me back", CALL_BACK)
    await talk.says("0171 3920017", "inform", phone_number=NUMBER)
    await talk.says("tomorrow at ten", "inform", date="2026-11-24", time="10:00")
    restated = await talk.says("it is about my last invoice", "ask_invoice")
    done = await talk.says("yes", "affirm")

    assert talk.said == [
        "utter_callback_number",
        "utter_callback_when",
        "utter_callback_reason",
        "utter_callback_restate",
        "utter_callback_done",
    ]
    assert restated.responses[0]["day"] == "Tuesday 24 November"
    assert restated.responses[0]["begin"] == "10 am"
    assert restated.responses[0]["end"] == "11 am"
    assert restated.responses[0]["number"] == "+49 171 3920017"
    (request,) = await requests(sessions)
    assert request.number == done.responses[0]["callback_number"]
    assert request.due_at == datetime(2026, 11, 24, 9, tzinfo=UTC)
    assert (request.phone, request.reason) == (NUMBER, "it is about my last invoice")


async def test_all_that_is_said_at_once_is_not_asked_for(
    sessions: SessionFactory, parts: Parts
) -> None:
    talk = Dialogue(parts, await somebody(sessions))

    await talk.says("call 0171 3920017 at 3 pm", CALL_BACK, phone_number=NUMBER, time="15:00")
    restated = await talk.says("no", "deny")

    assert talk.said == ["utter_callback_reason", "utter_callback_restate"]
    assert restated.responses[0]["begin"] == "3 pm"


async def test_the_number_on_file_is_offered_by_its_end(
    sessions: SessionFactory, parts: Parts
) -> None:
    talk = Dialogue(parts, await with_ana(sessions))

    offered = await talk.says("call me back as soon as possible", CALL_BACK)
    await talk.says("yes", "affirm")
    restated = await talk.says("no", "deny")
    await talk.says("yes", "affirm")

    assert offered.names == ["utter_callback_on_file"]
    assert NUMBER not in str(offered.responses)
    assert restated.responses[0]["number"] == "+49 … 17"
    assert NUMBER not in str(talk.slots)
    (request,) = await requests(sessions)
    assert (request.phone, request.due_at) == (NUMBER, NOW)


async def test_another_number_than_the_one_on_file_can_be_given(
    sessions: SessionFactory, parts: Parts
) -> None:
    talk = Dialogue(parts, await with_ana(sessions))
    await talk.says("call me back now", CALL_BACK)

    asked = await talk.says("no, another one", "deny")
    await talk.says("030 901820", "inform", phone_number="+4930901820")

    assert asked.names == ["utter_callback_number"]
    assert talk.said[-1] == "utter_callback_reason"


@pytest.mark.parametrize("level", [Level.anonymous, Level.claimed])
async def test_whoever_is_not_proved_hears_nothing_of_a_number(
    sessions: SessionFactory, parts: Parts, level: Level
) -> None:
    talk = Dialogue(parts, await with_ana(sessions, level=level))

    asked = await talk.says("call me back", CALL_BACK)

    assert asked.names == ["utter_callback_number"]


async def test_a_number_that_nobody_calls_is_asked_for_again(
    sessions: SessionFactory, parts: Parts
) -> None:
    talk = Dialogue(parts, await somebody(sessions))
    await talk.says("call me back", CALL_BACK)

    again = await talk.says("0900 3123456", "inform", phone_number="+499003123456")

    assert again.names == ["utter_callback_number_not", "utter_callback_number_again"]


@pytest.mark.parametrize("day", ["2026-11-20", "2027-05-01"])
async def test_a_day_that_is_out_of_reach_is_asked_for_again(
    sessions: SessionFactory, parts: Parts, day: str
) -> None:
    talk = Dialogue(parts, await somebody(sessions))
    await talk.says("call me back on 0171 3920017", CALL_BACK, phone_number=NUMBER)

    again = await talk.says("then", "inform", date=day)

    assert again.names == ["utter_callback_when_not", "utter_callback_when_again"]


async def test_an_hour_at_which_nobody_is_there_is_moved_and_said_to_be(
    sessions: SessionFactory, parts: Parts
) -> None:
    talk = Dialogue(parts, await somebody(sessions))
    await talk.says("call me tonight", CALL_BACK, phone_number=NUMBER, time="21:00")

    moved = await talk.says("no", "deny")

    assert moved.names == ["utter_callback_restate_moved"]
    assert moved.responses[0]["day"] == "Tuesday 24 November"
    assert moved.responses[0]["begin"] == "9 am"


async def test_a_correction_at_the_yes_is_restated(sessions: SessionFactory, parts: Parts) -> None:
    talk = Dialogue(parts, await somebody(sessions))
    await talk.says("ring me tomorrow", CALL_BACK, phone_number=NUMBER, date="2026-11-24")
    await talk.says("no", "deny")

    again = await talk.says("no, at three", "correct", time="15:00")

    assert again.names == ["utter_callback_restate"]
    assert again.responses[0]["day"] == "Tuesday 24 November"
    assert again.responses[0]["begin"] == "3 pm"
    assert await requests(sessions) == []


async def test_whom_the_customer_asks_for_is_noted(sessions: SessionFactory, parts: Parts) -> None:
    mia = Agent(id=uuid4(), login="mia", name="Mia Berger", password_hash="x")
    await kept(sessions, mia)
    talk = Dialogue(parts, await somebody(sessions))

    await talk.says(
        "Mrs Berger from accounting shall call me back now",
        CALL_BACK,
        phone_number=NUMBER,
        department="billing",
    )
    await talk.says("no", "deny")
    await talk.says("yes", "affirm")

    (request,) = await requests(sessions)
    assert (request.department, request.wanted_agent_id) == ("billing", mia.id)


async def test_what_was_under_way_is_the_reason(sessions: SessionFactory, parts: Parts) -> None:
    talk = Dialogue(parts, await somebody(sessions))
    await talk.says("I want to review your shop", REVIEW)

    restated = await talk.says("rather call me back now", CALL_BACK, phone_number=NUMBER)
    await talk.says("yes", "affirm")

    assert restated.names == ["utter_callback_restate"]
    (request,) = await requests(sessions)
    assert "your review" in request.reason


async def test_a_caller_hears_their_number_digit_by_digit(
    sessions: SessionFactory, parts: Parts
) -> None:
    talk = Dialogue(parts, await somebody(sessions, channel=Channel.phone))
    await talk.says("call me back now", CALL_BACK, phone_number=NUMBER)

    restated = await talk.says("no", "deny")

    assert restated.responses[0]["number"] == "0 1 7 1 3 9 2 0 0 1 7"


async def test_where_no_hour_is_free_a_person_is_offered(
    sessions: SessionFactory, parts: Parts
) -> None:
    async with sessions.begin() as session:
        closed = {**seed()["shop"], "hours": {}}
        await PolicyRepository(session).change("shop", closed, at=NOW)
    talk = Dialogue(parts, await somebody(sessions))
    await talk.says("call me back now", CALL_BACK, phone_number=NUMBER)

    refused = await talk.says("no", "deny")

    assert refused.names == ["utter_callback_impossible"]
    assert refused.slots["question"] == "person"


async def test_a_proof_that_lapses_takes_the_number_on_file_along(
    sessions: SessionFactory, parts: Parts, clock: Clock
) -> None:
    talk = Dialogue(parts, await with_ana(sessions))
    await talk.says("call me back now", CALL_BACK)
    await talk.says("yes", "affirm")
    await talk.says("no", "deny")
    clock.now = NOW + timedelta(hours=1)

    refused = await talk.says("yes", "affirm")

    assert refused.names == ["utter_verification_needed"]
    assert await requests(sessions) == []
