"""Customers in the chat who are asked to wait while their agent looks something up."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.agents.models import Agent
from crm_store.base import utc_now
from crm_store.conversations.models import Channel, Conversation, Kind
from crm_store.conversations.repository import ConversationRepository
from crm_store.conversations.steps import step
from crm_store.errors import NotInChat
from crm_store.handoffs.repository import HandoffRepository


async def hold(session: AsyncSession, conversation_id: UUID, agent: Agent, *, held: bool) -> None:
    """Tell the customer that it takes a moment, or that it goes on; raise NotInChat for calls."""
    conversation = await ConversationRepository(session).lock(conversation_id)
    conversation.require_agent(agent.id)
    if conversation.medium is not Channel.chat:
        raise NotInChat(f"conversation {conversation.id}")
    await _hold(session, conversation, agent, held=held)


async def go_on(session: AsyncSession, conversation: Conversation, agent: Agent) -> None:
    """End a hold with the agent's own words; the conversation must be locked."""
    if conversation.agent_id == agent.id:
        await _hold(session, conversation, agent, held=False)


async def _hold(
    session: AsyncSession, conversation: Conversation, agent: Agent, *, held: bool
) -> None:
    handoff = await HandoffRepository(session).open_of(conversation.id)
    if handoff is None or (handoff.on_hold_since is not None) is held:
        return
    handoff.on_hold_since = utc_now() if held else None
    step(session, conversation, Kind.held if held else Kind.resumed, agent_id=agent.id)
