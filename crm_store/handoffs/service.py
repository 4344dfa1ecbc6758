"""The steps of an escalation, each with everything that belongs to it in one transaction."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.agents.models import Agent
from crm_store.base import Json, utc_now
from crm_store.conversations.models import Author, Channel, Conversation, Handler, Kind
from crm_store.conversations.repository import ConversationRepository
from crm_store.conversations.steps import step
from crm_store.conversations.turns import TurnRepository
from crm_store.forms.outcome import told_to_bot
from crm_store.handoffs.models import Handoff, Reason
from crm_store.handoffs.repository import HandoffRepository
from crm_store.handoffs.waiting import MOST, RECENT, Waiting, expected_minutes
from crm_store.handoffs.worth import worth_sign
from crm_store.routing.duty import begin_wrap_up
from crm_store.strategy.repository import PolicyRepository

UNANSWERED = "unanswered"
"""The outcome of a hand-off for which nobody came."""


async def hand_off(
    session: AsyncSession,
    conversation: Conversation,
    reason: Reason,
    *,
    trigger_seq: int,
    signs: Sequence[Json] = (),
    note: str | None = None,
    department: str | None = None,
    wanted_agent_id: UUID | None = None,
) -> None:
    """Put the customer in the agents' queue; the conversation must be locked.

    Whoever is free may take them, whichever department or colleague they have asked for.
    """
    conversation.hand_off()
    policies, now = await PolicyRepository(session).current(), utc_now()
    worth = await worth_sign(session, conversation, policies.escalation.value, at=now)
    by_phone = conversation.medium is Channel.phone
    points = policies.routing.points(reason, valued=worth is not None, by_phone=by_phone)
    HandoffRepository(session).add(
        Handoff(
            conversation_id=conversation.id,
            reason=reason,
            signs=[*signs, *([worth.kept] if worth else ())],
            note=note,
            department=department,
            wanted_agent_id=wanted_agent_id,
            trigger_seq=trigger_seq,
            language=conversation.language,
            created_at=now,
            waits_since=now,
            priority=points,
            ranks_at=now - policies.routing.head_start(points),
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
        handoff.hold(agent.id, utc_now())
    step(session, conversation, Kind.claimed, agent_id=agent.id)
    return epoch


async def transfer(
    session: AsyncSession, conversation_id: UUID, agent: Agent, to: Agent, *, epoch: int, note: str
) -> Conversation:
    """Pass a customer on to a colleague, with a note that only agents see."""
    conversations = ConversationRepository(session)
    conversation = await conversations.lock_of(agent.id, conversation_id, epoch=epoch)
    conversation.transfer(to.id)
    handoff = await HandoffRepository(session).open_of(conversation.id)
    if handoff is not None:
        handoff.pass_to(to.id, utc_now())
    step(session, conversation, Kind.transferred, agent_id=to.id, by=str(agent.id))
    if note:
        ConversationRepository(session).add(
            conversation, Author.agent, note, kind=Kind.note, agent_id=agent.id
        )
    return conversation


async def take_over(session: AsyncSession, conversation_id: UUID, agent: Agent) -> Conversation:
    """Give a customer whom a colleague has to this agent; the colleague's words come too late."""
    conversation = await ConversationRepository(session).lock(conversation_id)
    former = conversation.agent_id
    if conversation.handler is Handler.agent and former == agent.id:
        return conversation
    conversation.transfer(agent.id)
    handoff = await HandoffRepository(session).open_of(conversation.id)
    if handoff is not None:
        handoff.pass_to(agent.id, utc_now())
    step(session, conversation, Kind.transferred, agent_id=agent.id, former=str(former))
    return conversation


async def lapse(session: AsyncSession, conversation_id: UUID, *, gone_since: datetime) -> bool:
    """Let a customer wait again whose agent has been gone since a moment; False if that is not so.

    Whatever that agent still sends comes too late.
    """
    conversation = await ConversationRepository(session).lock(conversation_id)
    handoffs = HandoffRepository(session)
    handoff = await handoffs.open_of(conversation_id)
    lost = conversation.handler is Handler.agent and await handoffs.is_abandoned(
        conversation_id, gone_since=gone_since
    )
    if handoff is None or not lost:
        return False
    agent_id = conversation.agent_id
    conversation.wait_again()
    handoff.let_go(utc_now())
    step(session, conversation, Kind.lapsed, agent_id=agent_id)
    return True


async def take_back(session: AsyncSession, conversation_id: UUID, *, before: datetime) -> bool:
    """Let the bot go on with whoever has waited since before a moment; False if nobody has."""
    conversation = await ConversationRepository(session).lock(conversation_id)
    handoff = await HandoffRepository(session).open_of(conversation_id)
    waits = conversation.handler is Handler.queue and handoff is not None
    if handoff is None or not waits or handoff.waits_since >= before:
        return False
    conversation.take_back()
    await end_handoff(session, conversation, UNANSWERED, "", utc_now())
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
    conversations = ConversationRepository(session)
    conversation = await conversations.lock_of(agent.id, conversation_id, epoch=epoch)
    forms = await told_to_bot(session, conversation)
    conversation.return_to_bot()
    await end_handoff(session, conversation, outcome, note, utc_now(), code=code)
    message = step(session, conversation, Kind.returned, agent_id=agent.id, outcome=outcome)
    facts = {"outcome": outcome, "note": note, "agent": agent.name, **forms}
    await TurnRepository(session).owe(conversation, message, facts=facts)
    await begin_wrap_up(session, agent.id, at=utc_now())
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
    conversations = ConversationRepository(session)
    conversation = await conversations.lock_of(agent.id, conversation_id, epoch=epoch)
    now = utc_now()
    conversation.close(outcome, now)
    await end_handoff(session, conversation, outcome, note, now, code=code)
    step(session, conversation, Kind.closed, agent_id=agent.id, outcome=outcome)
    await begin_wrap_up(session, agent.id, at=now)
    return conversation


async def end_handoff(
    session: AsyncSession,
    conversation: Conversation,
    outcome: str,
    note: str,
    at: datetime,
    *,
    code: str | None = None,
) -> None:
    """Note how the escalation under way has ended, if there is one."""
    handoff = await HandoffRepository(session).open_of(conversation.id)
    if handoff is not None:
        handoff.ended_at, handoff.outcome, handoff.outcome_note = at, outcome, note
        handoff.code = code
