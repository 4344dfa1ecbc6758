"""Every query on the legs of calls."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.conversations.models import Conversation
from crm_store.conversations.repository import ConversationRepository
from crm_store.errors import UnknownLeg
from crm_store.legs.models import IN_ROOM, LIVE, Leg, Part


class LegRepository:
    """Reads and writes legs in the session it is given."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    def add(self, leg: Leg) -> None:
        """Write down a leg; the conversation must be locked."""
        self._session.add(leg)

    async def get(self, leg_id: UUID) -> Leg:
        """Return the leg, or raise UnknownLeg."""
        found = await self._session.get(Leg, leg_id)
        if found is None:
            raise UnknownLeg(str(leg_id))
        return found

    async def lock(self, leg_id: UUID) -> tuple[Leg, Conversation]:
        """Return the leg with its conversation for writing; the conversation is what is locked."""
        leg = await self.get(leg_id)
        conversation = await ConversationRepository(self._session).lock(leg.conversation_id)
        await self._session.refresh(leg)
        return leg, conversation

    async def of_room(self, room: str) -> Sequence[Leg]:
        """Return every leg of a room, as they came."""
        rows = await self._session.scalars(
            select(Leg)
            .where(Leg.room == room)
            .order_by(Leg.created_at)
            .execution_options(populate_existing=True)
        )
        return rows.all()

    async def of(self, conversation_id: UUID) -> Sequence[Leg]:
        """Return every leg of a conversation, as they came."""
        rows = await self._session.scalars(
            select(Leg).where(Leg.conversation_id == conversation_id).order_by(Leg.created_at)
        )
        return rows.all()

    async def live(self, conversation_id: UUID) -> Sequence[Leg]:
        """Return the legs of a conversation that ring or talk."""
        rows = await self._session.scalars(
            select(Leg)
            .where(Leg.conversation_id == conversation_id, Leg.state.in_(LIVE))
            .order_by(Leg.created_at)
        )
        return rows.all()

    async def open_room(self, conversation: Conversation) -> str | None:
        """Return the room in which the conversation's own agent waits for the caller or talks."""
        if conversation.agent_id is None:
            return None
        room: str | None = await self._session.scalar(
            select(Leg.room)
            .where(
                Leg.conversation_id == conversation.id,
                Leg.agent_id == conversation.agent_id,
                Leg.part != Part.caller,
                Leg.state.in_(IN_ROOM),
            )
            .order_by(Leg.created_at.desc())
            .limit(1)
        )
        return room

    async def forgotten(self, *, before: datetime) -> Sequence[Leg]:
        """Return the legs that were to have rung out by then, whatever became of their calls."""
        rows = await self._session.scalars(
            select(Leg).where(
                Leg.state.not_in(IN_ROOM), Leg.state.in_(LIVE), Leg.created_at < before
            )
        )
        return rows.all()
