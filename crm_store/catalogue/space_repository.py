"""Every query on the encoders' spaces."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import and_, delete, func, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.catalogue.models import VectorSpace

LOCK = 7_215_005
"""Beside a space's name: whoever holds it is placing texts there, or removing the space."""


SERVING = (
    select(VectorSpace)
    .where(VectorSpace.complete_at.is_not(None))
    .order_by(VectorSpace.complete_at.desc(), VectorSpace.model)
    .limit(1)
)
"""The space that was completed last."""


class SpaceRepository:
    """Reads and writes which spaces there are, and which of them serves."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def serving(self) -> VectorSpace | None:
        """Return the space that was completed last."""
        space: VectorSpace | None = await self._session.scalar(SERVING)
        return space

    async def open(self, model: str, dimensions: int) -> None:
        """Note that a space is being filled, unless it is known."""
        new = insert(VectorSpace).values(model=model, dimensions=dimensions, complete_at=None)
        await self._session.execute(new.on_conflict_do_nothing(index_elements=["model"]))

    async def complete(self, model: str, *, at: datetime) -> None:
        """Let a space serve from now on; the one that serves keeps the moment since when."""
        serving = await self.serving()
        if serving is None or serving.model != model:
            space = (
                await self._session.scalars(select(VectorSpace).where(VectorSpace.model == model))
            ).one()
            space.complete_at = at

    async def given_up(self, *, at: datetime, after: timedelta) -> Sequence[str]:
        """Return the spaces that nobody asks any more: the older ones, once the newest served a
        while, and those that nobody has completed within a day.
        """
        serving = await self.serving()
        if serving is None or serving.complete_at is None or serving.complete_at > at - after:
            return []
        left = and_(
            VectorSpace.complete_at.is_(None), VectorSpace.created_at < at - timedelta(days=1)
        )
        older = VectorSpace.created_at < serving.complete_at
        rows = await self._session.scalars(
            select(VectorSpace.model)
            .where(VectorSpace.model != serving.model, or_(older, left))
            .order_by(VectorSpace.created_at)
        )
        return rows.all()

    async def forget(self, model: str) -> None:
        """Remove a space from the list."""
        await self._session.execute(delete(VectorSpace).where(VectorSpace.model == model))

    async def take(self, model: str) -> bool:
        """Lock a space for this connection, and return whether nobody else had."""
        return bool(await self._session.scalar(select(func.pg_try_advisory_lock(*_key(model)))))

    async def give_back(self, model: str) -> None:
        """Unlock it."""
        await self._session.execute(select(func.pg_advisory_unlock(*_key(model))))


def _key(model: str) -> tuple[object, object]:
    return LOCK, func.hashtext(model)
