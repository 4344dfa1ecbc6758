"""Every query on the phone line's calls."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.calls.models import TICKET_VALID_FOR, CallRelay, CallTurn


class CallRepository:
    """Reads and writes what calls were answered, in the session it is given."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def answered(self, call: str, step: str) -> str | None:
        """Return what a question of a call was answered, if it was asked before."""
        relays, turns = (
            select(answers.answer).where(answers.call == call, answers.step == step)
            for answers in (CallRelay, CallTurn)
        )
        found: str | None = await self._session.scalar(relays.union_all(turns).limit(1))
        return found

    async def relay(self, call: str, *, session: str = "") -> CallRelay | None:
        """Return the relay of one of Twilio's sessions, or else the last of a call."""
        found: CallRelay | None = await self._session.scalar(
            select(CallRelay)
            .where(CallRelay.call == call)
            .order_by(
                CallRelay.session.is_not_distinct_from(session).desc(),
                CallRelay.created_at.desc(),
            )
            .limit(1)
        )
        return found

    async def last_turn(self, call: str) -> CallTurn | None:
        """Return the last answer of a call that is held without a socket, if it is."""
        found: CallTurn | None = await self._session.scalar(
            select(CallTurn).where(CallTurn.call == call).order_by(CallTurn.number.desc()).limit(1)
        )
        return found

    def answer(self, relay: CallRelay) -> None:
        """Keep an answer; the conversation must be locked."""
        self._session.add(relay)

    async def turn(self, call: str, number: int) -> CallTurn | None:
        """Return the answer that a call got under this number, if it has been given."""
        found: CallTurn | None = await self._session.scalar(
            select(CallTurn).where(CallTurn.call == call, CallTurn.number == number)
        )
        return found

    def keep(self, turn: CallTurn) -> None:
        """Keep an answer of a call without a socket; the conversation must be locked."""
        self._session.add(turn)

    async def admit(
        self, call: str, ticket: str, *, session: str, returns: bool, at: datetime
    ) -> CallRelay | None:
        """Return the relay that a ticket opens, and let it open no other; None if it is no good.

        Where relays may return, a lost session opens its own again until it has failed.
        """
        first = and_(CallRelay.used_at.is_(None), CallRelay.created_at > at - TICKET_VALID_FOR)
        again = and_(CallRelay.session == session, CallRelay.failed_at.is_(None))
        found: CallRelay | None = await self._session.scalar(
            update(CallRelay)
            .where(
                CallRelay.ticket == ticket,
                CallRelay.call == call,
                or_(first, again) if returns and session else first,
            )
            .values(used_at=at, session=session or None, openings=CallRelay.openings + 1)
            .returning(CallRelay)
        )
        return found

    async def failed(self, relay: CallRelay, *, at: datetime) -> None:
        """Note that a relay is lost."""
        await self._session.execute(
            update(CallRelay).where(CallRelay.id == relay.id).values(failed_at=at)
        )

    async def move(self, call: str, conversation_id: UUID, *, position: int) -> None:
        """Let a call's relay go on with another conversation, from a number in it."""
        await self._session.execute(
            update(CallRelay)
            .where(CallRelay.call == call)
            .values(conversation_id=conversation_id, position=position)
        )

    async def told(self, relay: CallRelay, position: int) -> bool:
        """Note how far the caller was told, for another relay to go on from there.

        It returns False, and notes nothing, if another socket speaks by now.
        """
        noted = await self._session.scalar(
            update(CallRelay)
            .where(CallRelay.id == relay.id, CallRelay.openings == relay.openings)
            .values(position=position)
            .returning(CallRelay.id)
        )
        return noted is not None
