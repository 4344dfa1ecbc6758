"""Forgets customers whose time to think again is over, and what has grown old."""

import logging
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.exc import SQLAlchemyError

from channels.looking import look_for_ever
from crm_store.audit.repository import AuditRepository
from crm_store.base import utc_now
from crm_store.calls.answered import AnsweredRepository
from crm_store.db import SessionFactory
from crm_store.interests.repository import InterestRepository
from crm_store.privacy.browsers import forget_browsers
from crm_store.privacy.requests import ErasureRepository
from crm_store.recordings.repository import RecordingRepository
from crm_store.strategy.repository import PolicyRepository

LOOK_SECONDS = 600.0

logger = logging.getLogger(__name__)


class Forgetting:
    """Fulfils what is due; each customer in a transaction of their own."""

    def __init__(self, sessions: SessionFactory) -> None:
        self._sessions = sessions

    async def run(self) -> None:
        """Look for what is due, for ever."""
        await look_for_ever(self._look, of="erasures", every=LOOK_SECONDS)

    async def _look(self) -> None:
        await self.forget_due(utc_now())
        await self.forget_expired(utc_now())

    async def forget_due(self, at: datetime) -> None:
        """Forget everybody who is due at a moment, once."""
        async with self._sessions.begin() as session:
            await forget_browsers(session, at=at)
            await AnsweredRepository(session).forget(at=at)
            await AuditRepository(session).forget(at=at)
        async with self._sessions() as session:
            due = await ErasureRepository(session).due(at=at)
        for customer in due:
            await self._forget(customer, at)

    async def forget_expired(self, at: datetime) -> None:
        """Remove interests and recordings that were kept for as long as the policies say."""
        async with self._sessions.begin() as session:
            await InterestRepository(session).remove_expired(at=at)
            days = (await PolicyRepository(session).current()).line.recording_days
            await RecordingRepository(session).forget_old(at - timedelta(days=days))

    async def _forget(self, customer: UUID, at: datetime) -> None:
        try:
            async with self._sessions.begin() as session:
                await ErasureRepository(session).fulfil(customer, at=at)
        except (OSError, SQLAlchemyError):
            # The others must not wait for this one.
            logger.exception("a customer could not be forgotten, it is tried again")
        else:
            logger.info("a customer was forgotten, as they had asked")
