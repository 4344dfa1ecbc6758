"""I want to speak to a person."""

from typing import Final

from rasa_sdk.events import SlotSet

from actions.base import ActionTurn, Event, StoreAction
from actions.context import note_for_desk
from actions.departments import TITLES, Whom, whom_asked_for
from actions.formats import spell_moment
from actions.offers import offered
from actions.persons_sought import (
    QUEUE,
    SOUGHT_BEFORE,
    by_email,
    grounds_of,
    note_sought,
    told_by_rule,
)
from actions.tracker import action_before, emptied, end_of_form
from crm_store.agents.presence import somebody_there
from crm_store.conversations.turns import TurnRepository
from crm_store.handoffs.models import Reason
from crm_store.handoffs.signs import Grounds
from crm_store.insight.repository import EventRepository
from crm_store.strategy.escalation import Deed
from crm_store.strategy.opening import local, next_open
from crm_store.strategy.policies import Policies
from crm_store.strategy.repository import PolicyRepository

WITH_REGRET: Final = frozenset({Reason.angry, Reason.insulted, Reason.complaint})
IN_EARNEST: Final = frozenset({Reason.legal, Reason.press})


class ActionHandOff(StoreAction):
    """Pass the customer to a person; it takes effect together with the reply."""

    action_name = "action_hand_off"

    async def act(self, turn: ActionTurn) -> list[Event]:
        """Say that somebody will come; where nobody would, say so, and when somebody will."""
        told = told_by_rule(turn)
        if told is not None and told[0] is Deed.offer:
            return await _offer(turn, told[1])
        policies = await PolicyRepository(turn.session).current()
        here = await somebody_there(turn.session, policies.shop, at=turn.at)
        if here or _has_been_told(turn):
            return await _pass_on(turn, policies, now=here)
        await note_sought(turn, await grounds_of(turn))
        turn.say(
            "utter_nobody_there",
            opens=spell_moment(
                local(policies.shop, next_open(policies.shop, turn.at)), turn.language
            ),
            buttons=[
                turn.choice("utter_choice_call_me_back", "call_me_back"),
                *by_email(turn),
                turn.choice("utter_choice_queue", "ask_person", entities={"choice": QUEUE}),
                turn.choice("utter_choice_no_thanks", "deny"),
            ],
        )
        whom = await whom_asked_for(turn, policies)
        given = {"whom": whom.kept} if whom else {}
        return [*end_of_form(), *emptied("claim", "code"), *offered("action_call_me_back", **given)]


def _has_been_told(turn: ActionTurn) -> bool:
    """Return whether the customer knows that nobody is there, and asks all the same."""
    return turn.entity("choice") == QUEUE or action_before(turn.tracker) in SOUGHT_BEFORE


async def _offer(turn: ActionTurn, grounds: Grounds) -> list[Event]:
    """Ask whether they would rather speak to a person; nothing that was under way is lost."""
    await note_sought(turn, grounds)
    turn.say("utter_person_rather")
    return [*end_of_form(), SlotSet("question", "person")]


async def _pass_on(turn: ActionTurn, policies: Policies, *, now: bool) -> list[Event]:
    grounds = await grounds_of(turn)
    reason = grounds.reason
    whom = await whom_asked_for(turn, policies)
    owed = await TurnRepository(turn.session).of_message(turn.message_id)
    if owed is not None:
        owed.handoff_reason, owed.handoff_note = reason, await note_for_desk(turn)
        owed.handoff_seq, owed.handoff_signs = grounds.seq, list(grounds.signs)
        owed.handoff_department = whom.department
        owed.handoff_agent_id = whom.colleague.id if whom.colleague else None
    facts = {"reason": reason, **({"department": whom.department} if whom.department else {})}
    EventRepository(turn.session).record(
        "person_asked_for", turn.conversation, facts, cause=turn.message_id
    )
    if now:
        _say_who(turn, whom, grounds.reason)
    else:
        turn.say("utter_handed_off_later")
    return [
        *end_of_form(),
        SlotSet("left_open", turn.slot("errands")),
        *emptied("question", "awaits", "wish", "claim", "code", "errands", "wishes", "offered"),
    ]


def _say_who(turn: ActionTurn, whom: Whom, reason: str) -> None:
    if whom.colleague is not None:
        turn.say("utter_handed_off_colleague", colleague=whom.colleague.name)
    elif whom.department is not None:
        department = turn.wording(TITLES[whom.department])
        turn.say("utter_handed_off_department", department=department)
    elif reason in WITH_REGRET:
        turn.say("utter_handed_off_with_regret")
    elif reason in IN_EARNEST:
        turn.say("utter_handed_off_in_earnest")
    else:
        turn.say("utter_handed_off")
