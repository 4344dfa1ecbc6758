"""What is put on record of the bot's answer, and what follows from it."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy.ext.asyncio import AsyncSession

from channels.messages import Answer, Reply
from crm_store.base import Json
from crm_store.conversations.models import Conversation, Turn, TurnState
from crm_store.conversations.overtaking import is_deed, is_overtaken
from crm_store.conversations.replies import write_reply
from crm_store.conversations.secrets import asks_for_secret
from crm_store.customers.pins import SEALED
from crm_store.handoffs.models import Reason
from crm_store.handoffs.service import hand_off


async def write_down(
    session: AsyncSession, conversation: Conversation, turn: Turn, answer: Answer
) -> bool:
    """Add the replies that are not on record yet, and what they lead to.

    It returns False if the customer has overtaken the answer and does not hear all of it.
    """
    left = answer.replies[turn.written :]
    told = await _told(session, conversation, turn, answer.slots, left)
    for reply in told:
        _add(session, conversation, turn, reply)
    conversation.slots = answer.slots
    turn.state = TurnState.done
    turn.intent, turn.confidence = answer.intent, answer.confidence
    turn.entities, turn.actions = list(answer.entities), list(answer.actions)
    turn.request = _without_words(turn.request)
    if turn.handoff_reason is not None:
        await _pass_on(session, conversation, turn, Reason(turn.handoff_reason))
    return len(told) == len(left)


async def write_ahead(
    session: AsyncSession, conversation: Conversation, turn: Turn, reply: Reply, *, place: int
) -> bool:
    """Add a reply that comes before the rest of its answer; return whether it was to be added.

    It is not if it stands there from an earlier try, if somebody else has the conversation by
    now, or if the customer has spoken on: then the end of the turn decides what they hear of it.
    """
    ours = turn.state is TurnState.running and turn.epoch == conversation.epoch
    if not ours or place != turn.written or await is_overtaken(session, conversation, turn):
        return False
    _add(session, conversation, turn, reply)
    return True


def _add(session: AsyncSession, conversation: Conversation, turn: Turn, reply: Reply) -> None:
    choices = [choice.stored() for choice in reply.choices]
    write_reply(session, conversation, turn, reply.text, choices=choices, cards=reply.cards)


async def _told(
    session: AsyncSession,
    conversation: Conversation,
    turn: Turn,
    slots: Json,
    left: Sequence[Reply],
) -> Sequence[Reply]:
    """Return what the customer is told of what is left: all, or a deed if they overtook it."""
    if not left or not await is_overtaken(session, conversation, turn):
        return left
    # Keys are taken for a secret from here on: whoever presses them has to know.
    if asks_for_secret(slots) or turn.handoff_reason is not None:
        return left
    return _outcome(left, slots) if await is_deed(session, turn) else ()


def _outcome(replies: Sequence[Reply], slots: Json) -> Sequence[Reply]:
    """Return what was done, without what was asked after it."""
    asks = bool(slots.get("question") or slots.get("requested_slot"))
    told = replies[:-1] if asks and len(replies) > 1 else replies
    return [replace(reply, choices=()) for reply in told]


async def _pass_on(
    session: AsyncSession, conversation: Conversation, turn: Turn, reason: Reason
) -> None:
    await hand_off(
        session,
        conversation,
        reason,
        trigger_seq=turn.handoff_seq or turn.seq,
        signs=turn.handoff_signs,
        note=turn.handoff_note,
        department=turn.handoff_department,
        wanted_agent_id=turn.handoff_agent_id,
    )


def _without_words(request: Json) -> Json:
    # What was said is in the message; a code or a PIN must not stay anywhere.
    facts = {name: fact for name, fact in request["facts"].items() if name != SEALED}
    return {**request, "text": "", "facts": facts}
