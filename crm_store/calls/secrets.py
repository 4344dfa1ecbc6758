"""Codes that callers speak: not taken, and not kept."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.base import utc_now
from crm_store.conversations.models import Author, Handler, Kind
from crm_store.conversations.repository import ConversationRepository

MASKED = "••••••"


async def refuse_spoken(
    session: AsyncSession, conversation_id: UUID, *, client_id: str
) -> int | None:
    """Put on record, once and masked, that a caller has spoken a code; the line asks for keys.

    It returns the number of the message, or None where the assistant has not asked for a code.
    """
    conversations = ConversationRepository(session)
    conversation = await conversations.lock(conversation_id)
    before = await conversations.message_by_client(conversation_id, Author.customer, client_id)
    if before is not None:
        return before.seq
    if conversation.handler is not Handler.bot:
        return None
    conversation.heard_from_customer(utc_now())
    said = conversations.add(conversation, Author.customer, MASKED, client_id=client_id)
    conversations.add(conversation, Author.system, kind=Kind.keys_wanted)
    return said.seq
