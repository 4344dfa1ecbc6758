"""A customer who has answered goes on with the conversation in which they asked for the call."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.agents.models import Agent
from crm_store.agents.presence import anybody_at_desk
from crm_store.callbacks.models import CallbackAttempt, CallbackRequest
from crm_store.conversations.models import Conversation, Handler, Message
from crm_store.conversations.turns import TurnRepository
from crm_store.handoffs.models import Reason
from crm_store.handoffs.service import claim, hand_off
from crm_store.passages.moving import note_place


async def go_on(
    session: AsyncSession,
    conversation: Conversation,
    request: CallbackRequest,
    attempt: CallbackAttempt,
    *,
    at: datetime,
) -> Message:
    """Let the answered call hold the locked conversation; return the step that says so.

    It is the agent's who wanted the call, or whoever's is at the desk; otherwise the assistant's.
    Whoever has picked up has proved nothing.
    """
    conversation.lose_proof()
    if conversation.handler is Handler.closed:
        conversation.reopen()
    if attempt.call is not None:
        conversation.take_call(attempt.call, at)
    conversation.caller_number = request.phone
    moved = note_place(session, conversation)
    if conversation.handler is Handler.bot:
        await _find_somebody(session, conversation, request, attempt, moved, at)
    return moved


async def _find_somebody(
    session: AsyncSession,
    conversation: Conversation,
    request: CallbackRequest,
    attempt: CallbackAttempt,
    moved: Message,
    at: datetime,
) -> None:
    if attempt.agent_id is None and not await anybody_at_desk(session, at=at):
        await TurnRepository(session).owe(conversation, moved, facts={"to": conversation.medium})
        return
    await hand_off(
        session,
        conversation,
        Reason.called_back,
        trigger_seq=moved.seq,
        note=request.reason or None,
        department=request.department,
        wanted_agent_id=attempt.agent_id or request.wanted_agent_id,
    )
    if attempt.agent_id is not None:
        await session.flush()
        agent = await session.get_one(Agent, attempt.agent_id)
        await claim(session, conversation.id, agent)
