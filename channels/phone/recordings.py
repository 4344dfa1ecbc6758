"""Has calls recorded, and fetches what was recorded: step by step, again until it is done."""

import asyncio
import logging
from contextlib import suppress
from datetime import datetime, timedelta

from sqlalchemy.exc import SQLAlchemyError

from channels.phone.rest import PhoneCompany, PhoneCompanyFailed
from crm_store.base import utc_now
from crm_store.db import SessionFactory
from crm_store.recordings.repository import Due, RecordingRepository
from crm_store.recordings.service import begun, done, failed
from crm_store.recordings.steps import Step

LOOK_SECONDS = 1.0
LEASE = timedelta(seconds=60)
"""How long a step is with one process; if that dies, another takes it afterwards."""

logger = logging.getLogger(__name__)


class Recordings:
    """Looks for what is due with recordings; calls go on whatever becomes of it."""

    def __init__(self, *, sessions: SessionFactory, company: PhoneCompany, status_url: str) -> None:
        self._sessions = sessions
        self._company = company
        self._status_url = status_url
        self._wanted = asyncio.Event()
        self._steps: set[asyncio.Task[None]] = set()

    def look(self) -> None:
        """Look at once: something has just become due."""
        self._wanted.set()

    async def run(self) -> None:
        """Look for what is due, for ever."""
        try:
            while True:
                self._wanted.clear()
                await self._begin_due()
                with suppress(TimeoutError):
                    async with asyncio.timeout(LOOK_SECONDS):
                        await self._wanted.wait()
        finally:
            for step in self._steps:
                step.cancel()
            await asyncio.gather(*self._steps, return_exceptions=True)

    async def _begin_due(self) -> None:
        try:
            async with self._sessions.begin() as session:
                due = await RecordingRepository(session).take_due(at=utc_now(), lease=LEASE)
        except (OSError, SQLAlchemyError):
            logger.warning("the store is out of reach, looking for recordings again")
            return
        for one in due:
            # A company that is slow with one call must not keep another's code in a recording.
            step = asyncio.create_task(self._take(one))
            self._steps.add(step)
            step.add_done_callback(self._steps.discard)

    async def _take(self, due: Due) -> None:
        # No session is open here: the company may take its time.
        try:
            await self._do(due)
        except PhoneCompanyFailed:
            logger.warning("a recording could not be brought forward (%s)", due.step)
            await self._note_failure(due, utc_now())
        except (OSError, SQLAlchemyError):
            logger.warning("the store is out of reach, a step of a recording is taken again")

    async def _do(self, due: Due) -> None:
        number, sound = due.recording or "", None
        match due.step:
            case Step.start:
                await self._begin(due)
                return
            case Step.pause:
                await self._company.pause_recording(due.call)
            case Step.resume:
                await self._company.resume_recording(due.call)
            case Step.fetch:
                sound = await self._company.fetch_recording(number)
            case Step.delete:
                await self._company.delete_recording(number)
            case Step.give_up | Step.spoil | Step.await_report | Step.end:
                pass
        async with self._sessions.begin() as session:
            await done(session, due, at=utc_now(), sound=sound)
        self.look()

    async def _begin(self, due: Due) -> None:
        number = await self._company.record(due.call, status_url=self._status_url)
        async with self._sessions.begin() as session:
            await begun(session, due, number)
            await done(session, due, at=utc_now())
        self.look()

    async def _note_failure(self, due: Due, at: datetime) -> None:
        async with self._sessions.begin() as session:
            await failed(session, due, at=at)
