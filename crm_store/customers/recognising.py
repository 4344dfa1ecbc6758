"""An agent says whom a conversation is with. It proves nothing, and opens nothing."""

from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.agents.models import Agent
from crm_store.conversations.repository import ConversationRepository
from crm_store.customers.models import Customer, Level
from crm_store.errors import OtherCustomer, UnknownCustomer
from crm_store.insight.repository import EventRepository

BY_AGENT: Final = "agent"


async def recognise(
    session: AsyncSession, conversation_id: UUID, agent: Agent, customer_id: UUID, *, at: datetime
) -> None:
    """Let a conversation be a customer's as a claim, which whoever is there must still prove.

    It raises OtherCustomer where somebody has proved who they are, and WrongHandler for an agent
    who does not have the conversation.
    """
    conversation = await ConversationRepository(session).lock(conversation_id)
    conversation.require_agent(agent.id)
    if conversation.level >= Level.verified and conversation.customer_id is not None:
        raise OtherCustomer(str(conversation_id))
    if await session.get(Customer, customer_id) is None:
        raise UnknownCustomer(str(customer_id))
    conversation.prove(customer_id, Level.claimed, BY_AGENT, at)
    EventRepository(session).record("customer_recognised", conversation, {"agent": str(agent.id)})
