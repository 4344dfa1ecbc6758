"""A turn stays with whoever works on it for as long as that lives, and no longer."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from uuid import UUID

from sqlalchemy.exc import SQLAlchemyError

from crm_store.base import utc_now
from crm_store.conversations.models import Turn
from crm_store.conversations.turns import TurnRepository
from crm_store.db import SessionFactory

LEASE = timedelta(seconds=3)
"""After which somebody else takes up a turn whose worker has died: a caller waits meanwhile."""
RENEWED_AFTER_SECONDS = 1.0

logger = logging.getLogger(__name__)


@asynccontextmanager
async def held(turn: Turn, sessions: SessionFactory) -> AsyncIterator[None]:
    """Keep a turn from others for as long as the block lasts."""
    renewing = asyncio.create_task(_renew(turn.id, sessions))
    try:
        yield
    finally:
        renewing.cancel()
        await asyncio.gather(renewing, return_exceptions=True)


async def _renew(turn_id: UUID, sessions: SessionFactory) -> None:
    while True:
        await asyncio.sleep(RENEWED_AFTER_SECONDS)
        try:
            async with sessions.begin() as session:
                await TurnRepository(session).renew(turn_id, until=utc_now() + LEASE)
        except (OSError, SQLAlchemyError):
            logger.warning("the store is out of reach, a turn may be taken up twice")
