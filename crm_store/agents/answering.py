"""What an agent does in a conversation: take it, speak in it, note something beside it."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.agents.models import Agent
from crm_store.conversations.models import Author, Conversation, Kind, Message
from crm_store.conversations.repository import ConversationRepository
from crm_store.drafts.models import Box
from crm_store.drafts.repository import DraftRepository
from crm_store.errors import SameIdOtherWords
from crm_store.handoffs.holding import go_on
from crm_store.handoffs.joining import require_speaker
from crm_store.insight.repository import EventRepository


async def reply(
    session: AsyncSession,
    conversation_id: UUID,
    agent: Agent,
    *,
    epoch: int,
    client_id: str,
    text: str,
) -> Message:
    """Say something to the customer; the same id again is the same message, said once."""
    conversation = await ConversationRepository(session).lock(conversation_id)
    before = await _before(session, conversation, client_id, Kind.said, text)
    if before is not None:
        return before
    conversation.require_epoch(epoch)
    await require_speaker(session, conversation, agent)
    await go_on(session, conversation, agent)
    return await _write_down(session, conversation, agent, client_id, Kind.said, text)


async def note(
    session: AsyncSession, conversation_id: UUID, agent: Agent, *, client_id: str, text: str
) -> Message:
    """Write something down for other agents; the customer never sees it, whoever has them."""
    conversation = await ConversationRepository(session).lock(conversation_id)
    before = await _before(session, conversation, client_id, Kind.note, text)
    if before is not None:
        return before
    return await _write_down(session, conversation, agent, client_id, Kind.note, text)


async def _before(
    session: AsyncSession, conversation: Conversation, client_id: str, kind: Kind, text: str
) -> Message | None:
    before = await ConversationRepository(session).message_by_client(
        conversation.id, Author.agent, client_id
    )
    if before is not None and (before.kind, before.text) != (kind, text):
        raise SameIdOtherWords(f"message {before.id} came with other words")
    return before


async def _write_down(
    session: AsyncSession,
    conversation: Conversation,
    agent: Agent,
    client_id: str,
    kind: Kind,
    text: str,
) -> Message:
    message = ConversationRepository(session).add(
        conversation, Author.agent, text, kind=kind, client_id=client_id, agent_id=agent.id
    )
    await session.flush()
    box = Box.note if kind is Kind.note else Box.reply
    await DraftRepository(session, agent).drop(conversation.id, box)
    EventRepository(session).record(
        f"agent_{kind}", conversation, {"agent": str(agent.id)}, cause=message.id
    )
    return message
