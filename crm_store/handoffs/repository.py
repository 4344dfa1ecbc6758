"""Every query on escalations."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.conversations.models import Channel, Conversation, Handler
from crm_store.handoffs.models import Handoff
from crm_store.legs.models import UNDER_WAY, Leg


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

    async def in_vain(self, *, before: datetime) -> Sequence[UUID]:
        """Return the calls that have waited since before a moment while nobody is rung."""
        rung = exists().where(Leg.conversation_id == Conversation.id, Leg.state.in_(UNDER_WAY))
        rows = await self._session.scalars(
            select(Conversation.id)
            .join(Handoff, Handoff.conversation_id == Conversation.id)
            .where(
                Conversation.call.is_not(None),
                Conversation.handler == Handler.queue,
                Handoff.ended_at.is_(None),
                Handoff.created_at < before,
                ~rung,
            )
        )
        return rows.all()

    async def waits(self, channel: Channel, *, since: datetime, most: int) -> Sequence[timedelta]:
        """Return how long those waited who asked last and wait no more, whether in vain or not."""
        until = func.coalesce(Handoff.claimed_at, Handoff.ended_at)
        rows = await self._session.execute(
            select(Handoff.created_at, until)
            .join(Conversation, Conversation.id == Handoff.conversation_id)
            .where(Conversation.channel == channel, Handoff.created_at > since, until.is_not(None))
            .order_by(Handoff.created_at.desc())
            .limit(most)
        )
        return [waited - asked for asked, waited in rows]

    async def of(self, conversation_id: UUID) -> Sequence[Handoff]:
        """Return every escalation of a conversation, oldest first."""
        rows = await self._session.scalars(
            select(Handoff)
            .where(Handoff.conversation_id == conversation_id)
            .order_by(Handoff.created_at)
        )
        return rows.all()
