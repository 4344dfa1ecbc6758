"""The whole story of a conversation, read at one moment."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.agents.desk_repository import Deed, DeskRepository, Earlier
from crm_store.agents.models import Agent
from crm_store.base import utc_now
from crm_store.conversations.models import Conversation, Message
from crm_store.conversations.repository import ConversationRepository
from crm_store.customers.models import Customer, Interest
from crm_store.db import SessionFactory
from crm_store.handoffs.models import Handoff
from crm_store.handoffs.repository import HandoffRepository
from crm_store.insight.repository import EventRepository
from crm_store.legs.models import Leg
from crm_store.legs.repository import LegRepository
from crm_store.orders.models import Order
from crm_store.recordings.models import CallRecording
from crm_store.recordings.repository import RecordingRepository
from crm_store.suggestions.models import Suggestion


@dataclass(frozen=True, slots=True)
class Story:
    """Everything that an agent needs to know before their first word."""

    at: datetime
    conversation: Conversation
    handoffs: Sequence[Handoff]
    messages: Sequence[Message]
    deeds: Sequence[Deed]
    customer: Customer | None
    interests: Sequence[Interest]
    orders: Sequence[Order]
    suggestions: Sequence[tuple[Suggestion, str]]
    earlier: Sequence[Earlier]
    legs: Sequence[Leg]
    """The telephones that ring or talk for it."""
    recording: CallRecording | None
    recorded: Collection[UUID]
    """Of which earlier contacts something can be heard."""
    names: dict[UUID | None, str]
    """Of the agents in it, by their ids."""


async def whole_story(sessions: SessionFactory, conversation_id: UUID, agent: Agent) -> Story:
    """Return the story as it stands, and put on record that this agent has read it."""
    async with sessions.begin() as session:
        # One snapshot: the page goes on from the last number in it, without a gap.
        await session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
        conversation = await ConversationRepository(session).get(conversation_id)
        EventRepository(session).record("record_read", conversation, {"agent": str(agent.id)})
        return await _read(session, conversation, agent)


async def _read(session: AsyncSession, conversation: Conversation, agent: Agent) -> Story:
    desk, customer_id = DeskRepository(session, agent), conversation.customer_id
    messages = await desk.messages(conversation.id)
    handoffs = await HandoffRepository(session).of(conversation.id)
    earlier, recordings = await desk.earlier(conversation), RecordingRepository(session)
    return Story(
        at=utc_now(),
        conversation=conversation,
        handoffs=handoffs,
        messages=messages,
        deeds=await desk.deeds(conversation.id),
        customer=None if customer_id is None else await desk.customer(customer_id),
        interests=await desk.interests(conversation.id, customer_id),
        orders=[] if customer_id is None else await desk.orders(customer_id),
        suggestions=await desk.suggestions(conversation.id, conversation.language),
        earlier=earlier,
        recorded=await recordings.heard_of([before.conversation.id for before in earlier]),
        legs=await LegRepository(session).live(conversation.id),
        recording=await recordings.of(conversation.id),
        names=await _names(session, conversation, messages, handoffs),
    )


async def _names(
    session: AsyncSession,
    conversation: Conversation,
    messages: Sequence[Message],
    handoffs: Sequence[Handoff],
) -> dict[UUID | None, str]:
    agents = {conversation.agent_id}
    agents |= {message.agent_id for message in messages}
    agents |= {handoff.agent_id for handoff in handoffs}
    agents |= {handoff.wanted_agent_id for handoff in handoffs}
    named = [agent_id for agent_id in agents if agent_id is not None]
    return await ConversationRepository(session).agent_names(named)
