"""Every query on escalations."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.handoffs.models import Handoff


class HandoffRepository:
    """Reads and writes escalations in the session it is given."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    def add(self, handoff: Handoff) -> None:
        """Write down a new escalation."""
        self._session.add(handoff)

    async def open_of(self, conversation_id: UUID) -> Handoff | None:
        """Return the escalation that has not ended yet."""
        found: Handoff | None = await self._session.scalar(
            select(Handoff).where(
                Handoff.conversation_id == conversation_id, Handoff.ended_at.is_(None)
            )
        )
        return found

    async def of(self, conversation_id: UUID) -> Sequence[Handoff]:
        """Return every escalation of a conversation, oldest first."""
        rows = await self._session.scalars(
            select(Handoff)
            .where(Handoff.conversation_id == conversation_id)
            .order_by(Handoff.created_at)
        )
        return rows.all()
