"""Every query on codes and links into a conversation."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.passages.models import Passage, PassageKind, WrongCode

_COUNTING = 0xC0DE
"""The lock under which codes are made and tried."""


class PassageRepository:
    """Reads and writes passages in the session it is given."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def hold(self) -> None:
        """Let one transaction at a time make codes or try them, so that limits hold."""
        await self._session.execute(select(func.pg_advisory_xact_lock(_COUNTING)))

    def add(self, passage: Passage) -> None:
        """Keep a new passage."""
        self._session.add(passage)

    async def open(self, kind: PassageKind, secret_hash: str, *, at: datetime) -> Passage | None:
        """Return the unused passage of this secret, for writing; None for one that is too old."""
        found: Passage | None = await self._session.scalar(
            select(Passage)
            .where(
                Passage.kind == kind,
                Passage.secret_hash == secret_hash,
                Passage.used_at.is_(None),
                Passage.expires_at > at,
            )
            .with_for_update()
        )
        return found

    async def used_by(self, kind: PassageKind, secret_hash: str, whom: str) -> Passage | None:
        """Return the passage of this secret that somebody has come through before."""
        found: Passage | None = await self._session.scalar(
            select(Passage)
            .where(
                Passage.kind == kind,
                Passage.secret_hash == secret_hash,
                Passage.used_by == whom,
            )
            .order_by(Passage.used_at.desc())
            .limit(1)
        )
        return found

    async def any_open(self, kind: PassageKind, *, at: datetime) -> bool:
        """Return whether anybody could come through one now."""
        return bool(await self._count(kind, Passage.used_at.is_(None), Passage.expires_at > at))

    async def made_in(self, conversation_id: UUID, kind: PassageKind, *, since: datetime) -> int:
        """Return how many were made in a conversation."""
        return await self._count(
            kind, Passage.conversation_id == conversation_id, Passage.created_at > since
        )

    async def sent_to(self, number: str, *, since: datetime) -> int:
        """Return how many links went to a number."""
        return await self._count(
            PassageKind.link, Passage.number == number, Passage.created_at > since
        )

    async def close_others(self, conversation_id: UUID, kind: PassageKind, *, at: datetime) -> None:
        """Let the conversation's older passages lead nowhere any more."""
        await self._session.execute(
            update(Passage)
            .where(
                Passage.conversation_id == conversation_id,
                Passage.kind == kind,
                Passage.used_at.is_(None),
                Passage.expires_at > at,
            )
            .values(expires_at=at)
        )

    def add_wrong(self, wrong: WrongCode) -> None:
        """Count a code that led nowhere."""
        self._session.add(wrong)

    async def is_counted(self, entry: str) -> bool:
        """Return whether a wrong code was counted before."""
        return await self._wrong(WrongCode.entry == entry) > 0

    async def wrong_in(self, conversation_id: UUID) -> int:
        """Return how many wrong codes were keyed in during a call."""
        return await self._wrong(WrongCode.conversation_id == conversation_id)

    async def wrong_from(self, caller: str, *, since: datetime) -> int:
        """Return how many wrong codes came from a number."""
        return await self._wrong(WrongCode.caller == caller, WrongCode.created_at > since)

    async def wrong_at_all(self, *, since: datetime) -> int:
        """Return how many wrong codes came from anywhere."""
        return await self._wrong(WrongCode.created_at > since)

    async def _count(self, kind: PassageKind, *which: ColumnElement[bool]) -> int:
        query = select(func.count()).select_from(Passage).where(Passage.kind == kind, *which)
        return await self._session.scalar(query) or 0

    async def _wrong(self, *which: ColumnElement[bool]) -> int:
        query = select(func.count()).select_from(WrongCode).where(*which)
        return await self._session.scalar(query) or 0
