"""Why a person is needed, and whether one is offered or comes at once."""

from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from actions.base import StoreAction
from actions.hand_off import ActionHandOff
from actions.in_distress import ActionInDistress
from actions.insult import ActionInsult
from actions.offer_person import ActionOfferPerson
from crm_store.conversations.models import Author, Conversation, Turn
from crm_store.conversations.repository import ConversationRepository
from crm_store.conversations.turns import TurnRepository
from crm_store.customers.models import Level
from crm_store.db import SessionFactory
from crm_store.handoffs.models import Reason
from crm_store.insight.models import Event
from crm_store.strategy.models import Policy
from crm_store.strategy.policies import policies
from tests.builders import NOW, a_conversation, a_customer, a_tracker, an_order
from tests.integration.actions.conftest import Clock, Play, kept

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

SIGN = {"kind": "legal", "seen": "verklagen", "points": 0}
INSULTED = {"event": "user", "text": "stupid", "parse_data": {"intent": {"name": "insult"}}}
OFFERED: list[tuple[type[StoreAction], Reason, dict[str, Any]]] = [
    (ActionOfferPerson, Reason.not_understood, {}),
    (ActionInsult, Reason.insulted, {"intent": "insult", "before": [INSULTED]}),
    (ActionInDistress, Reason.distress, {"intent": "in_distress"}),
]


def a_rule(does: str, reason: str = "legal", seq: int = 1) -> dict[str, Any]:
    return {"escalation": {"does": does, "reason": reason, "seq": seq, "signs": [SIGN]}}


async def test_a_rule_passes_on_at_once_with_its_sentence_and_what_counted(
    sessions: SessionFactory, play: Play
) -> None:
    hers = a_conversation()
    await kept(sessions, hers)
    turn = await said(sessions, hers)

    heard = await play(
        ActionHandOff, a_tracker(hers, message=turn.message_id, facts=a_rule("pass_on"))
    )

    assert heard.names == ["utter_handed_off_in_earnest"]
    noted = await the(sessions, turn)
    assert (noted.handoff_reason, noted.handoff_seq) == (Reason.legal, 1)
    assert noted.handoff_signs == [SIGN]


async def test_a_rule_that_offers_is_the_reason_of_a_yes(
    sessions: SessionFactory, play: Play
) -> None:
    hers = a_conversation()
    await kept(sessions, hers)
    first = await said(sessions, hers)
    facts = a_rule("offer", "vulnerable")
    heard = await play(ActionHandOff, a_tracker(hers, message=first.message_id, facts=facts))
    assert heard.names == ["utter_person_rather"]
    assert heard.slots["question"] == "person"
    second = await said(sessions, hers)

    await play(
        ActionHandOff,
        a_tracker(
            hers, intent="affirm", message=second.message_id, before=after("action_hand_off")
        ),
    )

    noted = await the(sessions, second)
    assert (noted.handoff_reason, noted.handoff_seq) == (Reason.vulnerable, 1)


async def test_the_reason_outlasts_that_nobody_is_there(
    sessions: SessionFactory, play: Play, clock: Clock
) -> None:
    hers = a_conversation()
    await kept(sessions, hers)
    first = await said(sessions, hers)
    clock.now = NOW + timedelta(hours=12)
    heard = await play(
        ActionHandOff, a_tracker(hers, message=first.message_id, facts=a_rule("pass_on"))
    )
    assert heard.names == ["utter_nobody_there"]
    second = await said(sessions, hers)

    await play(
        ActionHandOff,
        a_tracker(
            hers, intent="ask_person", entities={"choice": "queue"}, message=second.message_id
        ),
    )

    noted = await the(sessions, second)
    assert (noted.handoff_reason, noted.handoff_seq) == (Reason.legal, 1)
    assert noted.handoff_signs == [SIGN]


async def test_a_yes_after_a_misunderstanding_names_what_was_not_understood(
    sessions: SessionFactory, play: Play
) -> None:
    hers = a_conversation()
    await kept(sessions, hers)
    unclear, yes = await said(sessions, hers), await said(sessions, hers)
    before = [heard_before(unclear.message_id), *after("action_offer_person")]

    await play(
        ActionHandOff, a_tracker(hers, intent="affirm", message=yes.message_id, before=before)
    )

    noted = await the(sessions, yes)
    assert (noted.handoff_reason, noted.handoff_seq) == (Reason.not_understood, unclear.seq)


@pytest.mark.parametrize(("action", "reason", "told"), OFFERED)
@pytest.mark.parametrize("does", ["offer", "pass_on", "off"])
async def test_the_policy_says_whether_a_person_is_offered(
    sessions: SessionFactory,
    play: Play,
    action: type[StoreAction],
    reason: Reason,
    told: dict[str, Any],
    does: str,
) -> None:
    hers = a_conversation()
    await kept(sessions, hers)
    await decide(sessions, does={reason: does})

    heard = await play(action, a_tracker(hers, **told))

    assert heard.names or does == "pass_on"
    assert heard.followup == ("action_hand_off" if does == "pass_on" else None)
    assert heard.slots.get("question") == ("person" if does == "offer" else None)


async def test_the_reason_of_a_turn_that_passes_on_is_its_own(
    sessions: SessionFactory, play: Play
) -> None:
    hers = a_conversation()
    await kept(sessions, hers)
    turn = await said(sessions, hers)
    tracker = a_tracker(hers, message=turn.message_id)
    tracker.events.append({"event": "action", "name": "action_in_distress"})

    await play(ActionHandOff, tracker)

    assert (await the(sessions, turn)).handoff_reason == Reason.distress


@pytest.mark.parametrize(
    ("level", "total", "comes"),
    [
        (Level.verified, "600.00", True),
        (Level.verified, "100.00", False),
        (Level.claimed, "600.00", False),
    ],
)
async def test_a_customer_of_value_is_not_only_offered_a_person(
    sessions: SessionFactory, play: Play, level: Level, total: str, comes: bool
) -> None:
    ana = a_customer()
    order = an_order(ana)
    order.total = Decimal(total)
    hers = a_conversation(of=ana, level=level)
    await kept(sessions, ana, order, hers)

    heard = await play(ActionOfferPerson, a_tracker(hers))

    assert heard.followup == ("action_hand_off" if comes else None)


async def test_nothing_of_a_rule_is_put_into_slots(sessions: SessionFactory, play: Play) -> None:
    hers = a_conversation()
    await kept(sessions, hers)
    turn = await said(sessions, hers)

    heard = await play(
        ActionHandOff, a_tracker(hers, message=turn.message_id, facts=a_rule("pass_on"))
    )

    assert "verklagen" not in str(heard.events) + str(heard.responses)
    async with sessions() as session:
        kinds = (await session.scalars(select(Event.kind))).all()
    assert kinds == ["person_asked_for"]


async def decide(sessions: SessionFactory, **changed: dict[str, Any]) -> None:
    rules = policies({}).escalation.model_dump(mode="json")
    for part, values in changed.items():
        rules[part] |= values
    await kept(sessions, Policy(section="escalation", rules=rules))


async def said(sessions: SessionFactory, conversation: Conversation) -> Turn:
    async with sessions.begin() as session:
        locked = await ConversationRepository(session).lock(conversation.id)
        message = ConversationRepository(session).add(locked, Author.customer, "...")
        await session.flush()
        return await TurnRepository(session).owe(locked, message)


async def the(sessions: SessionFactory, turn: Turn) -> Turn:
    async with sessions() as session:
        return await session.get_one(Turn, turn.id)


def heard_before(message: UUID) -> dict[str, Any]:
    said = {"message_id": str(message), "turn": str(message)}
    return {"event": "user", "text": "...", "metadata": said, "parse_data": {}}


def after(action: str) -> list[dict[str, Any]]:
    return [{"event": "action", "name": action}, {"event": "action", "name": "action_listen"}]
