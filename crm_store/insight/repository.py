"""Every query on the log of what happened."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.base import Json
from crm_store.conversations.models import Conversation
from crm_store.insight.models import Event


class EventRepository:
    """Adds facts to the log, in the transaction of whatever caused them."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    def record(
        self,
        kind: str,
        conversation: Conversation,
        facts: Json | None = None,
        *,
        cause: UUID | None = None,
    ) -> None:
        """Write down that something happened in a conversation."""
        self._session.add(
            Event(
                kind=kind,
                customer_id=conversation.customer_id,
                conversation_id=conversation.id,
                cause=cause,
                facts=facts or {},
            )
        )
