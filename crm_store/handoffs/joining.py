"""Colleagues who speak beside the agent who has the customer."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.agents.models import Agent
from crm_store.conversations.models import Conversation, Kind
from crm_store.conversations.repository import ConversationRepository
from crm_store.conversations.steps import step
from crm_store.handoffs.joined_repository import JoinedRepository


async def join(session: AsyncSession, conversation_id: UUID, agent: Agent) -> None:
    """Let a colleague speak as well, until they go or somebody else has the customer."""
    conversation = await ConversationRepository(session).lock(conversation_id)
    conversation.require_other_agent(agent.id)
    joined = JoinedRepository(session)
    if not await joined.has(conversation, agent.id):
        await joined.put(conversation, agent.id)
        step(session, conversation, Kind.joined, agent_id=agent.id)


async def part(session: AsyncSession, conversation_id: UUID, agent: Agent) -> None:
    """Let a colleague who had joined speak no more."""
    conversation = await ConversationRepository(session).lock(conversation_id)
    joined = JoinedRepository(session)
    if await joined.has(conversation, agent.id):
        await joined.remove(conversation, agent.id)
        step(session, conversation, Kind.parted, agent_id=agent.id)


async def require_speaker(session: AsyncSession, conversation: Conversation, agent: Agent) -> None:
    """Refuse an agent who neither has the customer nor has joined whoever has."""
    if not await JoinedRepository(session).has(conversation, agent.id):
        conversation.require_agent(agent.id)
