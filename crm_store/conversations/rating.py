"""One question after a conversation with a person: how content somebody was, from 1 to 5."""

from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.conversations.models import Kind
from crm_store.conversations.repository import ConversationRepository
from crm_store.conversations.steps import step

WORST: Final = 1
BEST: Final = 5


async def ask_rating(session: AsyncSession, conversation_id: UUID, *, at: datetime) -> bool:
    """Note that a caller is asked, if they are to be; nobody is asked twice."""
    conversation = await ConversationRepository(session).lock(conversation_id)
    if not conversation.ratable:
        return False
    conversation.rating_asked_at = at
    return True


async def rate(session: AsyncSession, conversation_id: UUID, stars: int, *, at: datetime) -> bool:
    """Keep how content somebody was; the first word on it counts, and False is no word on it."""
    conversation = await ConversationRepository(session).lock(conversation_id)
    if not (conversation.with_person and WORST <= stars <= BEST) or conversation.rating is not None:
        return False
    conversation.rating, conversation.rating_asked_at = stars, conversation.rating_asked_at or at
    step(session, conversation, Kind.rated, text=str(stars), stars=str(stars))
    return True
