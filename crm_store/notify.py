"""The bell: tells every process that rows were added. Readers then read the rows themselves."""

import asyncio
import logging
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing

import psycopg
from sqlalchemy import text

from crm_store.db import SessionFactory, at_once, driver_url

CHANNEL = "rapport"
RECONNECT_SECONDS = 1.0

logger = logging.getLogger(__name__)


RING = text("SELECT pg_notify(:channel, topic) FROM unnest(CAST(:topics AS text[])) AS topic")


async def ring(sessions: SessionFactory, *topics: str) -> None:
    """Tell whoever listens that something about these topics is new.

    Called after the writing transaction: NOTIFY inside it would hold a lock at commit.
    """
    async with at_once(sessions) as session:
        await session.execute(RING, {"channel": CHANNEL, "topics": list(topics)})


async def bells(database_url: str) -> AsyncIterator[str]:
    """Yield each topic that is rung, for ever; a lost connection is made again.

    Rings during a lost connection are missed, so watchers also look for themselves now and then.
    """
    while True:
        try:
            async with aclosing(_listen(database_url)) as topics:
                async for topic in topics:
                    yield topic
        except psycopg.OperationalError:
            logger.warning("the store's bell is out of reach, trying again")
        await asyncio.sleep(RECONNECT_SECONDS)


async def _listen(database_url: str) -> AsyncGenerator[str, None]:
    connection = await psycopg.AsyncConnection.connect(
        driver_url(database_url), autocommit=True, connect_timeout=5
    )
    async with connection:
        await connection.execute(f"LISTEN {CHANNEL}")
        async for notification in connection.notifies():
            yield notification.payload
