"""Brings what lies in the outbox to the customers, again and again until it is there."""

import logging
from collections.abc import Sequence
from datetime import timedelta

from channels.looking import look_for_ever
from channels.messenger import Messenger, NotSent
from crm_store.base import utc_now
from crm_store.db import SessionFactory
from crm_store.outbox.models import OutboxMessage
from crm_store.outbox.repository import OutboxRepository

LOOK_SECONDS = 1.0
LEASE = timedelta(seconds=60)
"""How long a message is with one process; if that dies, another sends it afterwards."""

logger = logging.getLogger(__name__)


class Delivery:
    """Sends due messages; after a crash one may go out twice, but none is lost."""

    def __init__(
        self, *, sessions: SessionFactory, messenger: Messenger, keep_text: bool = False
    ) -> None:
        self._sessions = sessions
        self._messenger = messenger
        self._keep_text = keep_text

    async def run(self) -> None:
        """Send what becomes due, for ever."""
        await look_for_ever(self.send_due, of="letters to send", every=LOOK_SECONDS)

    async def send_due(self) -> None:
        """Send everything that is due now, once."""
        while due := await self._take_due():
            for message in due:
                await self._send(message)

    async def _take_due(self) -> Sequence[OutboxMessage]:
        async with self._sessions.begin() as session:
            return await OutboxRepository(session).take_due(at=utc_now(), lease=LEASE)

    async def _send(self, message: OutboxMessage) -> None:
        # No session is open here: the provider may take its time.
        try:
            await self._messenger.send(message.kind, message.address, message.text)
        except NotSent:
            logger.warning("a message could not be sent, it is tried again later")
            async with self._sessions.begin() as session:
                await OutboxRepository(session).retry_later(message.id, at=utc_now())
        else:
            async with self._sessions.begin() as session:
                await OutboxRepository(session).mark_sent(
                    message.id, at=utc_now(), keep_text=self._keep_text
                )
