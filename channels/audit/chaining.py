"""Chains the audit log, for as long as the channels run."""

from channels.looking import look_for_ever
from crm_store.audit.repository import AuditRepository
from crm_store.db import SessionFactory

LOOK_SECONDS = 1.0


class Chaining:
    """Gives what was written down its place in the log, many deeds at a time."""

    def __init__(self, sessions: SessionFactory) -> None:
        self._sessions = sessions

    async def run(self) -> None:
        """Chain what is new, for ever."""
        await look_for_ever(self._chain, of="deeds to chain", every=LOOK_SECONDS)

    async def _chain(self) -> None:
        async with self._sessions.begin() as session:
            log = AuditRepository(session)
            if await log.is_behind():
                await log.chain()
