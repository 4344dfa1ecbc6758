"""Webhooks that were answered before, so that whoever replays one learns and changes nothing."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, delete, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.calls.models import CallAnswer
from crm_store.conversations.models import Channel, Conversation

REFUSED_AFTER = timedelta(hours=1)
"""How long after a call's end something may still be reported of it."""
KEPT_FOR = timedelta(days=1)


class AnsweredRepository:
    """Keeps what webhooks were answered, in the session it is given."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def find(self, token: str, digest: str) -> CallAnswer | None:
        """Return what the same request was answered under the same token."""
        found: CallAnswer | None = await self._session.scalar(
            select(CallAnswer).where(CallAnswer.token == token, CallAnswer.digest == digest)
        )
        return found

    async def keep(self, call: str, token: str, digest: str, *, status: int, body: str) -> None:
        """Keep an answer, for as long as the call's conversation is known; the first one counts."""
        conversation = await self._session.scalar(select(Conversation.id).where(_of(call)).limit(1))
        if conversation is None:
            return
        await self._session.execute(
            insert(CallAnswer)
            .values(
                conversation_id=conversation, token=token, digest=digest, status=status, body=body
            )
            .on_conflict_do_nothing()
        )

    async def long_over(self, call: str, *, at: datetime) -> bool:
        """Return whether a call has ended so long ago that nothing can be new about it."""
        closed = await self._session.scalars(select(Conversation.closed_at).where(_of(call)))
        ends = closed.all()
        # It may hold another conversation by now than the one that it began with.
        return bool(ends) and all(end is not None and at - end > REFUSED_AFTER for end in ends)

    async def forget(self, *, at: datetime) -> None:
        """Remove what nobody will ask for again."""
        await self._session.execute(delete(CallAnswer).where(CallAnswer.created_at < at - KEPT_FOR))


def _of(call: str) -> ColumnElement[bool]:
    """What a call holds, or began with."""
    began = and_(Conversation.channel == Channel.phone, Conversation.key == call)
    return or_(Conversation.call == call, began)
