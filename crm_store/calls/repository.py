"""Every query on the phone line's calls."""

from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.calls.models import TICKET_VALID_FOR, CallRelay


class CallRepository:
    """Reads and writes what calls were answered, in the session it is given."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def answered(self, call: str, step: str) -> CallRelay | None:
        """Return what was answered to this question of the call, if it was asked before."""
        found: CallRelay | None = await self._session.scalar(
            select(CallRelay).where(CallRelay.call == call, CallRelay.step == step)
        )
        return found

    def answer(self, relay: CallRelay) -> None:
        """Keep an answer; the conversation must be locked."""
        self._session.add(relay)

    async def relays(self, call: str) -> int:
        """Return how many times the call was connected to the relay."""
        count = await self._session.scalar(
            select(func.count()).select_from(CallRelay).where(CallRelay.call == call)
        )
        return count or 0

    async def latest(self, call: str) -> CallRelay | None:
        """Return the call's newest relay."""
        found: CallRelay | None = await self._session.scalar(
            select(CallRelay)
            .where(CallRelay.call == call)
            .order_by(CallRelay.created_at.desc())
            .limit(1)
        )
        return found

    async def admit(self, call: str, ticket: str, *, at: datetime) -> CallRelay | None:
        """Return the relay that a ticket opens, and let it open no other; None if it is no good."""
        found: CallRelay | None = await self._session.scalar(
            update(CallRelay)
            .where(
                CallRelay.ticket == ticket,
                CallRelay.call == call,
                CallRelay.used_at.is_(None),
                CallRelay.created_at > at - TICKET_VALID_FOR,
            )
            .values(used_at=at)
            .returning(CallRelay)
        )
        return found

    async def told(self, relay: CallRelay, position: int) -> None:
        """Note how far the caller was told, for another relay to go on from there."""
        await self._session.execute(
            update(CallRelay).where(CallRelay.id == relay.id).values(position=position)
        )
