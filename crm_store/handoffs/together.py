"""Who serves a customer beside the agent who has them, and whether the customer waits."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.conversations.models import Conversation, Handler
from crm_store.handoffs.joined_repository import JoinedRepository
from crm_store.handoffs.repository import HandoffRepository


@dataclass(frozen=True, slots=True)
class Together:
    """What goes on beside the words between a customer and their agent."""

    joined: Mapping[UUID, str]
    """The colleagues who speak as well, by their ids."""
    on_hold_since: datetime | None


async def together_in(session: AsyncSession, conversation: Conversation) -> Together:
    """Return it as it stands."""
    if conversation.handler is not Handler.agent:
        return Together({}, None)
    joined = await JoinedRepository(session).names(conversation)
    handoff = await HandoffRepository(session).open_of(conversation.id)
    return Together(joined, None if handoff is None else handoff.on_hold_since)
