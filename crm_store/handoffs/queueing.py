"""Customers whom their agent lets wait for another department."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.agents.models import Agent
from crm_store.base import utc_now
from crm_store.conversations.models import Author, Conversation, Kind
from crm_store.conversations.repository import ConversationRepository
from crm_store.conversations.steps import step
from crm_store.errors import NoSuchDepartment
from crm_store.handoffs.models import Handoff
from crm_store.handoffs.repository import HandoffRepository
from crm_store.routing.models import Offer, OfferState
from crm_store.routing.repository import OfferRepository
from crm_store.strategy.repository import PolicyRepository


async def pass_to_queue(
    session: AsyncSession,
    conversation_id: UUID,
    agent: Agent,
    department: str | None,
    *,
    epoch: int,
    note: str,
) -> Conversation:
    """Let a customer wait again, at the place that they had, with a note that only agents see.

    It raises NoSuchDepartment; without one, anybody will do.
    """
    conversations = ConversationRepository(session)
    conversation = await conversations.lock_of(agent.id, conversation_id, epoch=epoch)
    await _require_known(session, department)
    conversation.wait_again()
    handoff = await HandoffRepository(session).open_of(conversation.id)
    if handoff is not None:
        handoff.ask_for(department, utc_now())
        _not_at(OfferRepository(session), handoff, agent)
    step(session, conversation, Kind.requeued, agent_id=agent.id, text=department or "")
    if note:
        conversations.add(conversation, Author.agent, note, kind=Kind.note, agent_id=agent.id)
    return conversation


async def _require_known(session: AsyncSession, department: str | None) -> None:
    known = (await PolicyRepository(session).current()).departments.keys
    if department is not None and department not in known:
        raise NoSuchDepartment(department)


def _not_at(offers: OfferRepository, handoff: Handoff, agent: Agent) -> None:
    """Let the customer be offered to others first."""
    now = utc_now()
    passed = Offer(handoff_id=handoff.id, agent_id=agent.id, rings_until=now)
    passed.state, passed.ended_at = OfferState.declined, now
    offers.add(passed)
