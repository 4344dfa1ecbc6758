"""Every query on escalations."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Select, exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.conversations.models import Channel, Conversation, Handler
from crm_store.handoffs.models import Handoff
from crm_store.legs.models import IN_ROOM, UNDER_WAY, Leg
from crm_store.routing.models import Duty, Offer, OfferState


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
        offered = exists().where(Offer.handoff_id == Handoff.id, Offer.state == OfferState.ringing)
        rung = exists().where(Leg.conversation_id == Conversation.id, Leg.state.in_(UNDER_WAY))
        rows = await self._session.scalars(
            select(Conversation.id)
            .join(Handoff, Handoff.conversation_id == Conversation.id)
            .where(
                Conversation.call.is_not(None),
                Conversation.handler == Handler.queue,
                Handoff.ended_at.is_(None),
                Handoff.waits_since < before,
                ~rung,
                ~offered,
            )
        )
        return rows.all()

    async def to_be_asked(self, *, before: datetime) -> Sequence[Conversation]:
        """Return the chats that have waited since before a moment, and were not asked about it."""
        offered = exists().where(Offer.handoff_id == Handoff.id, Offer.state == OfferState.ringing)
        rows = await self._session.scalars(
            select(Conversation)
            .join(Handoff, Handoff.conversation_id == Conversation.id)
            .where(
                Conversation.call.is_(None),
                Conversation.handler == Handler.queue,
                Handoff.ended_at.is_(None),
                Handoff.asked_at.is_(None),
                Handoff.waits_since < before,
                ~offered,
            )
        )
        return rows.all()

    async def abandoned(self, *, gone_since: datetime) -> Sequence[UUID]:
        """Return the conversations whose agents have been gone since a moment."""
        return (await self._session.scalars(_abandoned(gone_since))).all()

    async def is_abandoned(self, conversation_id: UUID, *, gone_since: datetime) -> bool:
        """Return whether a conversation's agent has been gone since a moment."""
        this = _abandoned(gone_since).where(Conversation.id == conversation_id)
        return (await self._session.scalar(this)) is not None

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


def _abandoned(gone_since: datetime) -> Select[UUID]:
    """Select what agents have had since before then without a page or a telephone of theirs."""
    speaks = exists().where(
        Leg.conversation_id == Conversation.id,
        Leg.agent_id == Conversation.agent_id,
        Leg.state.in_(IN_ROOM),
    )
    is_here = exists().where(Duty.agent_id == Conversation.agent_id, Duty.here_at >= gone_since)
    return (
        select(Conversation.id)
        .join(Handoff, Handoff.conversation_id == Conversation.id)
        .where(
            Conversation.handler == Handler.agent,
            Handoff.ended_at.is_(None),
            func.coalesce(Handoff.held_since, Handoff.created_at) < gone_since,
            ~is_here,
            ~speaks,
        )
    )
