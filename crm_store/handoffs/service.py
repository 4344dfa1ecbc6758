"""The steps of an escalation, each with everything that belongs to it in one transaction."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.agents.models import Agent
from crm_store.base import utc_now
from crm_store.conversations.models import Author, Conversation, Handler, Kind
from crm_store.conversations.repository import ConversationRepository
from crm_store.conversations.steps import step
from crm_store.conversations.turns import TurnRepository
from crm_store.handoffs.models import Handoff, Reason
from crm_store.handoffs.repository import HandoffRepository
from crm_store.handoffs.waiting import MOST, RECENT, Waiting, expected_minutes

UNANSWERED = "unanswered"
"""The outcome of a hand-off for which nobody came."""


async def hand_off(
    session: AsyncSession,
    conversation: Conversation,
    reason: Reason,
    *,
    trigger_seq: int,
    note: str | None = None,
    department: str | None = None,
    wanted_agent_id: UUID | None = None,
) -> None:
    """Put the customer in the agents' queue; the conversation must be locked.

    Whoever is free may take them, whichever department or colleague they have asked for.
    """
    conversation.hand_off()
    HandoffRepository(session).add(
        Handoff(
            conversation_id=conversation.id,
            reason=reason,
            note=note,
            department=department,
            wanted_agent_id=wanted_agent_id,
            trigger_seq=trigger_seq,
            language=conversation.language,
        )
    )
    await TurnRepository(session).give_up_owed(conversation.id)
    step(session, conversation, Kind.handed_off, reason=reason)


async def waiting_of(session: AsyncSession, conversation: Conversation) -> Waiting | None:
    """Return how far a customer has come in the queue; None for one who is not in it."""
    if conversation.handler is not Handler.queue:
        return None
    place = await ConversationRepository(session).place_in_queue(conversation)
    waits = await HandoffRepository(session).waits(
        conversation.medium, since=utc_now() - RECENT, most=MOST
    )
    return Waiting(place, expected_minutes(waits))


async def claim(session: AsyncSession, conversation_id: UUID, agent: Agent) -> int:
    """Give a waiting customer to the agent and return the epoch; one of many claims wins."""
    conversation = await ConversationRepository(session).lock(conversation_id)
    epoch = conversation.claim(agent.id)
    handoff = await HandoffRepository(session).open_of(conversation.id)
    if handoff is not None:
        handoff.claimed_at, handoff.agent_id = utc_now(), agent.id
    step(session, conversation, Kind.claimed, agent_id=agent.id)
    return epoch


async def transfer(
    session: AsyncSession, conversation_id: UUID, agent: Agent, to: Agent, *, epoch: int, note: str
) -> Conversation:
    """Pass a customer on to a colleague, with a note that only agents see."""
    conversation = await _of_agent(session, conversation_id, agent, epoch)
    conversation.transfer(to.id)
    handoff = await HandoffRepository(session).open_of(conversation.id)
    if handoff is not None:
        handoff.agent_id = to.id
    step(session, conversation, Kind.transferred, agent_id=to.id, by=str(agent.id))
    if note:
        ConversationRepository(session).add(
            conversation, Author.agent, note, kind=Kind.note, agent_id=agent.id
        )
    return conversation


async def take_back(session: AsyncSession, conversation_id: UUID, *, before: datetime) -> bool:
    """Let the bot go on with whoever has waited since before a moment; False if nobody has."""
    conversation = await ConversationRepository(session).lock(conversation_id)
    handoff = await HandoffRepository(session).open_of(conversation_id)
    waits = conversation.handler is Handler.queue and handoff is not None
    if handoff is None or not waits or handoff.created_at >= before:
        return False
    conversation.take_back()
    await _end(session, conversation, UNANSWERED, "", utc_now())
    message = step(session, conversation, Kind.unanswered)
    await TurnRepository(session).owe(conversation, message)
    return True


async def return_to_bot(
    session: AsyncSession,
    conversation_id: UUID,
    agent: Agent,
    *,
    epoch: int,
    outcome: str,
    note: str,
    code: str | None = None,
) -> Conversation:
    """Let the bot go on, and owe the customer its first words with the outcome in its memory."""
    conversation = await _of_agent(session, conversation_id, agent, epoch)
    conversation.return_to_bot()
    await _end(session, conversation, outcome, note, utc_now(), code=code)
    message = step(session, conversation, Kind.returned, agent_id=agent.id, outcome=outcome)
    facts = {"outcome": outcome, "note": note, "agent": agent.name}
    await TurnRepository(session).owe(conversation, message, facts=facts)
    return conversation


async def close(
    session: AsyncSession,
    conversation_id: UUID,
    agent: Agent,
    *,
    epoch: int,
    outcome: str,
    note: str,
    code: str | None = None,
) -> Conversation:
    """End the conversation with its outcome."""
    conversation = await _of_agent(session, conversation_id, agent, epoch)
    now = utc_now()
    conversation.close(outcome, now)
    await _end(session, conversation, outcome, note, now, code=code)
    step(session, conversation, Kind.closed, agent_id=agent.id, outcome=outcome)
    return conversation


async def _of_agent(
    session: AsyncSession, conversation_id: UUID, agent: Agent, epoch: int
) -> Conversation:
    conversation = await ConversationRepository(session).lock(conversation_id)
    conversation.require_epoch(epoch)
    conversation.require_agent(agent.id)
    return conversation


async def _end(
    session: AsyncSession,
    conversation: Conversation,
    outcome: str,
    note: str,
    at: datetime,
    *,
    code: str | None = None,
) -> None:
    handoff = await HandoffRepository(session).open_of(conversation.id)
    if handoff is not None:
        handoff.ended_at, handoff.outcome, handoff.outcome_note = at, outcome, note
        handoff.code = code
