from typing import Any

import pytest
from sqlalchemy import select

from actions.abort_form import ActionAbortForm
from actions.after_agent import ActionAfterAgent
from actions.ask_rephrase import ActionAskRephrase
from actions.change_language import ActionChangeLanguage
from actions.hand_off import ActionHandOff
from actions.offer_person import ActionOfferPerson
from actions.repeat import ActionRepeat
from crm_store.base import Language
from crm_store.conversations.models import Author, Conversation, Turn
from crm_store.conversations.repository import ConversationRepository
from crm_store.conversations.turns import TurnRepository
from crm_store.db import SessionFactory
from crm_store.handoffs.models import Reason
from crm_store.insight.models import Event
from tests.builders import a_conversation, a_tracker
from tests.integration.actions.conftest import Play, kept

pytestmark = [pytest.mark.integration, pytest.mark.anyio]


@pytest.mark.parametrize(
    ("action", "reason"),
    [
        ("utter_greet", Reason.asked),
        ("action_offer_person", Reason.not_understood),
        ("action_resume_wish", Reason.not_allowed),
    ],
)
async def test_a_hand_off_waits_on_the_turn_with_its_reason(
    sessions: SessionFactory, play: Play, action: str, reason: Reason
) -> None:
    hers = a_conversation()
    await kept(sessions, hers)
    turn = await _owed(sessions, hers)
    before = [{"event": "action", "name": action}, {"event": "action", "name": "action_listen"}]

    heard = await play(ActionHandOff, a_tracker(hers, message=turn.message_id, before=before))

    assert heard.names == ["utter_handed_off"]
    async with sessions() as session:
        assert (await session.get_one(Turn, turn.id)).handoff_reason == reason
        fact = (await session.scalars(select(Event))).one()
    assert (fact.kind, fact.facts) == ("person_asked_for", {"reason": reason})


async def test_a_hand_off_ends_what_was_under_way(sessions: SessionFactory, play: Play) -> None:
    hers = a_conversation()
    await kept(sessions, hers)

    heard = await play(ActionHandOff, a_tracker(hers, form="verification_form"))

    assert {"event": "active_loop", "name": None, "timestamp": None} in heard.events
    assert heard.slots["requested_slot"] is None
    assert heard.slots["question"] is None


async def test_offers_a_person(sessions: SessionFactory, play: Play) -> None:
    hers = a_conversation()
    await kept(sessions, hers)

    heard = await play(ActionOfferPerson, a_tracker(hers))

    assert heard.names == ["utter_offer_person"]
    assert heard.slots["question"] == "person"


async def test_offers_the_likeliest_readings_that_have_a_title(
    sessions: SessionFactory, play: Play
) -> None:
    hers = a_conversation()
    await kept(sessions, hers)
    ranking = (
        "nlu_fallback",
        "cancel_order",
        "greet",
        "ask_order_status",
        "ask_person",
        "ask_help",
    )

    heard = await play(ActionAskRephrase, a_tracker(hers, intent="nlu_fallback", ranking=ranking))

    assert heard.names == ["utter_ask_rephrase"]
    assert heard.responses[0]["buttons"] == [
        {"title": "Cancel an order", "payload": "/cancel_order"},
        {"title": "Where is my order?", "payload": "/ask_order_status"},
        {"title": "Talk to a person", "payload": "/ask_person"},
    ]
    assert heard.slots == {"misunderstood": True}


@pytest.mark.parametrize(
    ("intent", "response"),
    [("nlu_fallback", "utter_ask_rephrase_open"), ("silence", "utter_silence")],
)
async def test_asks_openly_where_there_is_no_reading(
    sessions: SessionFactory, play: Play, intent: str, response: str
) -> None:
    hers = a_conversation()
    await kept(sessions, hers)

    heard = await play(ActionAskRephrase, a_tracker(hers, intent=intent))

    assert heard.names == [response]


@pytest.mark.parametrize(
    ("named", "language"),
    [
        ({}, Language.de),
        ({"target_language": "de"}, Language.de),
        ({"target_language": "en"}, "en"),
    ],
)
async def test_changes_the_language_of_the_conversation(
    sessions: SessionFactory, play: Play, named: dict[str, str], language: Language
) -> None:
    hers = a_conversation(language=Language.en)
    await kept(sessions, hers)

    heard = await play(ActionChangeLanguage, a_tracker(hers, entities=named))

    assert heard.slots == {"language": language}
    async with sessions() as session:
        assert (await session.get_one(Conversation, hers.id)).language == language


async def test_says_the_last_words_again(sessions: SessionFactory, play: Play) -> None:
    hers = a_conversation()
    await kept(sessions, hers)
    buttons = [{"title": "Yes", "payload": "/affirm"}]
    before: list[dict[str, Any]] = [
        {"event": "bot", "text": "Hello!", "data": {}},
        {"event": "user", "text": "cancel it"},
        {"event": "bot", "text": "Which one?", "data": {}},
        {"event": "bot", "text": "This one?", "data": {"buttons": buttons, "custom": None}},
    ]

    heard = await play(ActionRepeat, a_tracker(hers, "what?", before=before))

    assert [(said["text"], said["buttons"]) for said in heard.responses] == [
        ("Which one?", []),
        ("This one?", buttons),
    ]


async def test_has_nothing_to_repeat_at_first(sessions: SessionFactory, play: Play) -> None:
    hers = a_conversation()
    await kept(sessions, hers)

    heard = await play(ActionRepeat, a_tracker(hers, "what?"))

    assert heard.names == ["utter_repeat_nothing"]


async def test_stops_what_is_under_way(sessions: SessionFactory, play: Play) -> None:
    hers = a_conversation()
    await kept(sessions, hers)

    heard = await play(ActionAbortForm, a_tracker(hers, wish="action_order_status"))

    assert heard.names == ["utter_stopped"]
    assert set(heard.slots.values()) == {None}


async def test_knows_how_it_ended_with_the_agent(sessions: SessionFactory, play: Play) -> None:
    hers = a_conversation()
    await kept(sessions, hers)
    facts = {"outcome": "solved", "agent": "Mia"}

    heard = await play(ActionAfterAgent, a_tracker(hers, kind="returned", facts=facts))

    assert heard.names == ["utter_after_agent_told"]
    assert heard.slots["agent_outcome"] == "solved"


async def test_greets_again_where_nothing_was_told(sessions: SessionFactory, play: Play) -> None:
    hers = a_conversation()
    await kept(sessions, hers)

    heard = await play(ActionAfterAgent, a_tracker(hers, kind="returned", facts={}))

    assert heard.names == ["utter_after_agent"]


async def _owed(sessions: SessionFactory, conversation: Conversation) -> Turn:
    async with sessions.begin() as session:
        locked = await ConversationRepository(session).lock(conversation.id)
        message = ConversationRepository(session).add(locked, Author.customer, "a person, please")
        await session.flush()
        return TurnRepository(session).owe(locked, message)
