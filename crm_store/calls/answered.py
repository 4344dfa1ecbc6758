"""Webhooks that were answered before, so that whoever replays one learns and changes nothing."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select
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
        conversation = await self._session.scalar(
            select(Conversation.id).where(
                Conversation.channel == Channel.phone, Conversation.key == call
            )
        )
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
        closed_at: datetime | None = await self._session.scalar(
            select(Conversation.closed_at).where(
                Conversation.channel == Channel.phone, Conversation.key == call
            )
        )
        return closed_at is not None and at - closed_at > REFUSED_AFTER

    async def forget(self, *, at: datetime) -> None:
        """Remove what nobody will ask for again."""
        await self._session.execute(delete(CallAnswer).where(CallAnswer.created_at < at - KEPT_FOR))
