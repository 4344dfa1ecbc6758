from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from actions.after_agent import FINISHED, ActionAfterAgent
from actions.hand_off import ActionHandOff
from actions.in_distress import ActionInDistress
from actions.nobody_came import ActionNobodyCame
from actions.offer_person import ActionOfferPerson
from crm_store.agents.models import Agent
from crm_store.base import Language
from crm_store.conversations.models import Author, Conversation, Turn
from crm_store.conversations.repository import ConversationRepository
from crm_store.conversations.turns import TurnRepository
from crm_store.db import SessionFactory
from crm_store.forms.models import FormKind
from crm_store.handoffs.models import Reason
from crm_store.insight.models import Event
from crm_store.routing.models import Duty
from tests.builders import NOW, a_conversation, a_product, a_tracker
from tests.integration.actions.conftest import Clock, Play, kept

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

A_RETURN = {"errand": "action_return_item", "given": {"order": "A-17"}, "asked": "line"}
AT_NIGHT = NOW + timedelta(hours=12)


async def test_whoever_may_be_in_danger_comes_before_everything_else(
    sessions: SessionFactory, play: Play
) -> None:
    theirs = a_conversation()
    await kept(sessions, theirs)
    under_way: dict[str, Any] = {
        "errands": [{"errand": "action_cancel_order"}],
        "question": "errand",
    }

    heard = await play(
        ActionInDistress, a_tracker(theirs, "I want to die", intent="in_distress", **under_way)
    )

    assert heard.names == [
        "utter_in_distress",
        "utter_in_distress_help",
        "utter_in_distress_person",
    ]
    assert "0800" in heard.responses[1]["help"]
    assert (heard.slots["errands"], heard.slots["question"]) == (None, "person")


@pytest.mark.parametrize(
    ("action", "reason"),
    [
        ("action_courtesy", Reason.asked),
        ("action_offer_person", Reason.not_understood),
        ("action_silence", Reason.not_understood),
        ("action_resume_wish", Reason.not_allowed),
    ],
)
async def test_a_hand_off_waits_on_the_turn_with_its_reason(
    sessions: SessionFactory, play: Play, action: str, reason: Reason
) -> None:
    hers = a_conversation()
    await kept(sessions, hers)
    turn = await _owed(sessions, hers)

    heard = await play(
        ActionHandOff, a_tracker(hers, message=turn.message_id, before=_after(action))
    )

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


async def test_what_was_under_way_is_kept_for_whoever_takes_over(
    sessions: SessionFactory, play: Play
) -> None:
    hers = a_conversation()
    await kept(sessions, hers)
    under_way = [{"errand": "action_return_item", "given": {"order": "A-17"}}]

    heard = await play(ActionHandOff, a_tracker(hers, errands=under_way))

    assert heard.slots["left_open"] == under_way
    assert heard.slots["errands"] is None


async def test_the_department_goes_along(sessions: SessionFactory, play: Play) -> None:
    hers = a_conversation()
    await kept(sessions, hers)
    turn = await _owed(sessions, hers)

    heard = await play(
        ActionHandOff,
        a_tracker(
            hers,
            "accounting please",
            intent="ask_person",
            entities={"department": "billing"},
            message=turn.message_id,
        ),
    )

    assert heard.names == ["utter_handed_off_department"]
    assert heard.responses[0]["department"] == "billing"
    async with sessions() as session:
        assert (await session.get_one(Turn, turn.id)).handoff_department == "billing"


async def test_a_department_that_the_shop_has_not_is_anybody(
    sessions: SessionFactory, play: Play
) -> None:
    hers = a_conversation()
    await kept(sessions, hers)

    heard = await play(
        ActionHandOff, a_tracker(hers, intent="ask_person", entities={"department": "zoo"})
    )

    assert heard.names == ["utter_handed_off"]


async def test_a_colleague_is_asked_for_by_name(sessions: SessionFactory, play: Play) -> None:
    hers = a_conversation()
    mia = Agent(id=uuid4(), login="mia", name="Mia Berger", password_hash="x")
    await kept(sessions, hers, mia)
    turn = await _owed(sessions, hers)

    heard = await play(
        ActionHandOff,
        a_tracker(hers, "Mrs Berger please", intent="ask_person", message=turn.message_id),
    )

    assert heard.names == ["utter_handed_off_colleague"]
    assert heard.responses[0]["colleague"] == "Mia Berger"
    async with sessions() as session:
        assert (await session.get_one(Turn, turn.id)).handoff_agent_id == mia.id


async def test_what_was_open_is_noted_in_the_customers_language(
    sessions: SessionFactory, play: Play
) -> None:
    hers = a_conversation(language=Language.de)
    await kept(sessions, hers)
    turn = await _owed(sessions, hers)
    open_errand = {
        "errand": "action_call_me_back",
        "given": {"number": "+491713920017", "whom": {"agent": None}, "reason": ""},
    }

    await play(ActionHandOff, a_tracker(hers, message=turn.message_id, errands=[open_errand]))

    async with sessions() as session:
        note = (await session.get_one(Turn, turn.id)).handoff_note
    assert note == "Wollte zu Ihrem Rückruf: +491713920017."


async def test_products_are_noted_by_their_titles(sessions: SessionFactory, play: Play) -> None:
    hers, product = a_conversation(language=Language.de), a_product("Aida")
    await kept(sessions, hers, product)
    turn = await _owed(sessions, hers)
    open_errand = {
        "errand": "action_return_item",
        "given": {"order": "A-17", "line": product.sku, "quantity": 1},
    }

    await play(ActionHandOff, a_tracker(hers, message=turn.message_id, errands=[open_errand]))

    async with sessions() as session:
        note = (await session.get_one(Turn, turn.id)).handoff_note
    assert note == f"Wollte zur Rückgabe: A-17, {product.title(Language.de)}, 1."


async def test_at_night_nobody_is_promised(
    sessions: SessionFactory, play: Play, clock: Clock
) -> None:
    hers = a_conversation(language=Language.de)
    await kept(sessions, hers)
    turn = await _owed(sessions, hers)
    clock.now = AT_NIGHT

    heard = await play(
        ActionHandOff,
        a_tracker(
            hers,
            intent="ask_person",
            entities={"department": "billing"},
            message=turn.message_id,
        ),
    )

    assert heard.names == ["utter_nobody_there"]
    assert heard.responses[0]["opens"] == "Dienstag, 24. November, 9 Uhr"
    assert heard.slots["question"] == "offer"
    assert heard.slots["offered"] == {
        "errand": "action_call_me_back",
        "given": {"whom": {"department": "billing", "agent": None}},
    }
    async with sessions() as session:
        assert (await session.get_one(Turn, turn.id)).handoff_reason is None


@pytest.mark.parametrize(
    ("entities", "before"),
    [({"choice": "queue"}, []), ({}, [{"event": "action", "name": "action_hand_off"}])],
)
async def test_whoever_asks_again_at_night_waits_in_the_queue(
    sessions: SessionFactory,
    play: Play,
    clock: Clock,
    entities: dict[str, str],
    before: list[dict[str, Any]],
) -> None:
    hers = a_conversation()
    await kept(sessions, hers)
    turn = await _owed(sessions, hers)
    clock.now = AT_NIGHT

    heard = await play(
        ActionHandOff,
        a_tracker(
            hers, intent="ask_person", entities=entities, message=turn.message_id, before=before
        ),
    )

    assert heard.names == ["utter_handed_off_later"]
    async with sessions() as session:
        assert (await session.get_one(Turn, turn.id)).handoff_reason == Reason.asked


async def test_an_agent_who_is_at_the_desk_at_night_is_there(
    sessions: SessionFactory, play: Play, clock: Clock
) -> None:
    hers = a_conversation()
    mia = Agent(id=uuid4(), login="mia", name="Mia Berger", password_hash="x")
    await kept(
        sessions,
        hers,
        mia,
        Duty(agent_id=mia.id, here_at=AT_NIGHT),
    )
    clock.now = AT_NIGHT

    heard = await play(ActionHandOff, a_tracker(hers, intent="ask_person"))

    assert heard.names == ["utter_handed_off"]


async def test_offers_a_person(sessions: SessionFactory, play: Play) -> None:
    hers = a_conversation()
    await kept(sessions, hers)

    heard = await play(ActionOfferPerson, a_tracker(hers))

    assert heard.names == ["utter_offer_person"]
    assert heard.slots["question"] == "person"


async def test_whoever_waited_in_vain_is_offered_a_call_or_to_wait_on(
    sessions: SessionFactory, play: Play
) -> None:
    hers = a_conversation()
    await kept(sessions, hers)

    heard = await play(ActionNobodyCame, a_tracker(hers, kind="unanswered"))

    assert heard.names == ["utter_nobody_came"]
    assert heard.slots["offered"] == {"errand": "action_call_me_back", "given": {}}
    assert heard.slots["question"] == "offer"


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


async def test_knows_what_the_agent_has_finished(sessions: SessionFactory, play: Play) -> None:
    hers = a_conversation()
    await kept(sessions, hers)
    finished = [{"form": "return_item", "ref": "RT-1001"}]
    facts = {"outcome": "solved", "agent": "Mia", "finished": finished, "settled": True}

    heard = await play(
        ActionAfterAgent,
        a_tracker(hers, kind="returned", facts=facts, left_open=[A_RETURN]),
    )

    assert heard.names == ["utter_after_agent_done"]
    assert heard.responses[0]["done"] == "return RT-1001 registered"
    assert heard.slots["settled"] == "return_item"
    assert heard.slots["errands"] is None
    assert heard.slots["left_open"] is None


async def test_goes_on_with_what_the_agent_has_left_open(
    sessions: SessionFactory, play: Play
) -> None:
    hers = a_conversation()
    await kept(sessions, hers)
    facts = {"outcome": "solved", "agent": "Mia", "finished": [], "settled": False}

    heard = await play(
        ActionAfterAgent,
        a_tracker(hers, kind="returned", facts=facts, left_open=[{**A_RETURN, "unproved": True}]),
    )

    assert heard.names == ["utter_after_agent_goes_on"]
    assert heard.slots["errands"] == [{**A_RETURN, "unproved": False}]


@pytest.mark.parametrize("form", FINISHED)
def test_whatever_an_agent_can_finish_can_be_told(form: str) -> None:
    assert f"action_{form}" in set(FormKind)
    assert len(FINISHED) == len(FormKind)


def _after(action: str) -> list[dict[str, Any]]:
    return [{"event": "action", "name": action}, {"event": "action", "name": "action_listen"}]


async def _owed(sessions: SessionFactory, conversation: Conversation) -> Turn:
    async with sessions.begin() as session:
        locked = await ConversationRepository(session).lock(conversation.id)
        message = ConversationRepository(session).add(locked, Author.customer, "a person, please")
        await session.flush()
        return await TurnRepository(session).owe(locked, message)
