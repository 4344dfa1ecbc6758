"""The steps of a conversation, each in the record and in the log of what happened."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.conversations.models import Author, Conversation, Kind, Message
from crm_store.conversations.repository import ConversationRepository
from crm_store.insight.repository import EventRepository


def step(
    session: AsyncSession,
    conversation: Conversation,
    kind: Kind,
    *,
    agent_id: UUID | None = None,
    text: str = "",
    **facts: str,
) -> Message:
    """Write down a step, by an agent if it is one's; the conversation must be locked."""
    message = ConversationRepository(session).add(
        conversation, Author.system, text, kind=kind, agent_id=agent_id
    )
    by = {} if agent_id is None else {"agent": str(agent_id)}
    EventRepository(session).record(
        f"conversation_{kind}", conversation, facts | by, cause=message.id
    )
    return message
