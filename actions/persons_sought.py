"""Why a person is needed, and whether one is offered or comes at once, as the shop has decided."""

from typing import Final

from rasa_sdk.events import FollowupAction, SlotSet

from actions.base import ActionTurn, Event
from actions.tracker import action_before, actions_so_far, fact, message_before
from crm_store.conversations.repository import ConversationRepository
from crm_store.handoffs.escalating import FACT, seek, sought_last
from crm_store.handoffs.models import Reason
from crm_store.handoffs.signs import Grounds
from crm_store.handoffs.worth import worth_sign
from crm_store.strategy.escalation import Deed
from crm_store.strategy.repository import PolicyRepository

REASONS: Final = {
    "action_offer_person": Reason.not_understood,
    "action_out_of_scope": Reason.not_understood,
    "action_silence": Reason.not_understood,
    "action_resume_wish": Reason.not_allowed,
    "action_complain": Reason.complaint,
    "action_leave_contact": Reason.complaint,
    "action_insult": Reason.insulted,
    "action_in_distress": Reason.distress,
}
"""Why, by what a person was offered in; otherwise they just asked."""
SOUGHT_BEFORE: Final = frozenset({"action_hand_off", "action_nobody_came"})
"""What offers a person, or tells that nobody is there: the reason stays as it was."""
QUEUE: Final = "queue"
"""The choice of whoever would rather wait than be called back."""


def told_by_rule(turn: ActionTurn) -> tuple[Deed, Grounds] | None:
    """Return the rule that the customer's words have set off, and what follows from it."""
    told = fact(turn.tracker, FACT)
    return None if told is None else (Deed(told["does"]), Grounds.of(told))


async def grounds_of(turn: ActionTurn) -> Grounds:
    """Return why a person is needed now, and which message showed it."""
    told = told_by_rule(turn)
    if told is not None:
        return told[1]
    here = [REASONS[name] for name in actions_so_far(turn.tracker) if name in REASONS]
    if here:
        return Grounds(here[-1])
    before = action_before(turn.tracker) or ""
    if before in SOUGHT_BEFORE or turn.entity("choice") == QUEUE:
        return await sought_last(turn.session, turn.conversation) or Grounds(Reason.asked)
    if before not in REASONS:
        return Grounds(Reason.asked)
    return Grounds(REASONS[before], await _seq_before(turn))


async def toward_person(turn: ActionTurn, reason: Reason) -> list[Event]:
    """Return the events that bring a person, or by which a yes brings one; none where neither is.

    Whoever offers one must say so: see `offers_person`.
    """
    match await _deed(turn, reason):
        case Deed.pass_on:
            return [FollowupAction("action_hand_off")]
        case Deed.offer:
            return [SlotSet("question", "person")]
        case Deed.off:
            return []


def offers_person(events: list[Event]) -> bool:
    """Return whether these events wait for a yes to a person."""
    return any(event.get("name") == "question" for event in events)


def by_email(turn: ActionTurn) -> list[dict[str, str]]:
    """Return the choice of an answer by e-mail; nobody spells an address aloud if they need not."""
    return [] if turn.on_phone else [turn.choice("utter_choice_by_email", "answer_by_email")]


async def note_sought(turn: ActionTurn, grounds: Grounds) -> None:
    """Keep why a person is sought until one comes."""
    cause = await ConversationRepository(turn.session).message_by_id(
        turn.conversation.id, turn.message_id
    )
    if grounds.seq is None and cause is not None:
        grounds = Grounds(grounds.reason, cause.seq, grounds.signs)
    await seek(turn.session, turn.conversation, grounds, cause=cause)


async def _deed(turn: ActionTurn, reason: Reason) -> Deed:
    policy = (await PolicyRepository(turn.session).current()).escalation
    deed: Deed = getattr(policy.does, reason)
    if deed is not Deed.offer or not policy.value.passes_on:
        return deed
    worth = await worth_sign(turn.session, turn.conversation, policy.value, at=turn.at)
    return deed if worth is None else Deed.pass_on


async def _seq_before(turn: ActionTurn) -> int | None:
    message_id = message_before(turn.tracker)
    if message_id is None:
        return None
    message = await ConversationRepository(turn.session).message_by_id(
        turn.conversation.id, message_id
    )
    return None if message is None else message.seq
