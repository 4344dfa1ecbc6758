"""Brings customers who wait together with agents who are free, for as long as the channels run."""

import asyncio
import logging

from sqlalchemy.exc import SQLAlchemyError

from channels.hub import QUEUE, Hub
from crm_store.base import utc_now
from crm_store.db import SessionFactory
from crm_store.handoffs.repository import HandoffRepository
from crm_store.handoffs.service import lapse
from crm_store.routing.service import make_offers
from crm_store.strategy.repository import PolicyRepository

LOOK_SECONDS = 1.0
"""An offer that has rung for long enough is found within this time."""
GATHER_SECONDS = 0.05
"""For so long, news is gathered before it is acted on."""

logger = logging.getLogger(__name__)


class Routing:
    """Makes offers whenever something has changed; of many processes one at a time does."""

    def __init__(self, *, sessions: SessionFactory, hub: Hub) -> None:
        self._sessions = sessions
        self._hub = hub

    async def run(self) -> None:
        """Look again and again, for ever."""
        async with self._hub.watch(QUEUE) as bell:
            while True:
                try:
                    await self.look()
                except (OSError, SQLAlchemyError):
                    logger.warning("the store is out of reach, looking for waiting customers again")
                await bell.wait(LOOK_SECONDS)
                await asyncio.sleep(GATHER_SECONDS)

    async def look(self) -> None:
        """Let go whom nobody is there for, offer who waits to who is free, and tell who watches."""
        await self._let_go()
        async with self._sessions.begin() as session:
            changed = await make_offers(session, at=utc_now())
        if changed:
            self._hub.tell(QUEUE)

    async def _let_go(self) -> None:
        async with self._sessions() as session:
            policy = (await PolicyRepository(session).current()).routing
            gone_since = utc_now() - policy.lapse_after
            abandoned = await HandoffRepository(session).abandoned(gone_since=gone_since)
        for conversation_id in abandoned:
            async with self._sessions.begin() as session:
                lapsed = await lapse(session, conversation_id, gone_since=gone_since)
            if lapsed:
                logger.info("an agent is gone, their customer waits again")
                self._hub.moved(conversation_id)
