"""Work that has its time: call-backs, done by whichever process is free, once."""

import asyncio
import logging
from contextlib import suppress
from importlib.metadata import version
from uuid import UUID

import psycopg
from procrastinate import App, PsycopgConnector
from procrastinate.exceptions import AlreadyEnqueued, ProcrastinateException
from procrastinate.jobs import Status
from procrastinate.schema import SchemaManager
from psycopg import sql

from channels.phone.calling_back import CallingBack
from crm_store.db import driver_url

SCHEMA = f"jobs_{version('procrastinate').replace('.', '_')}"
"""Of its own, and for this version of the library: what is owed stands in the store's tables, so
that a newer one begins with an empty schema and nothing is lost."""
LOOKS = "* * * * * */10"
"""Every ten seconds, in one process of all."""
AT_ONCE = 4
STOPS_WITHIN = 2.0
"""Seconds; a call that is being made then is settled by what is reported of it."""
_INSTALLING = 0x10B5
PAUSE_SECONDS = 5.0

logger = logging.getLogger(__name__)


class Jobs:
    """Looks for what is due and does it."""

    def __init__(self, database_url: str, calling_back: CallingBack) -> None:
        self._url = driver_url(database_url)
        self._calling_back = calling_back

    async def run(self) -> None:
        """Work for ever; a store that is out of reach is waited for."""
        while True:
            try:
                await self._install()
                app = self._app()
                async with app.open_async():
                    await app.run_worker_async(
                        concurrency=AT_ONCE,
                        install_signal_handlers=False,
                        delete_jobs="always",
                        shutdown_graceful_timeout=STOPS_WITHIN,
                    )
            except (OSError, psycopg.Error, ProcrastinateException):
                logger.warning("the store is out of reach, jobs wait")
            await asyncio.sleep(PAUSE_SECONDS)

    def _app(self) -> App:
        options = f"-c search_path={SCHEMA}"
        connector = PsycopgConnector(
            conninfo=self._url, kwargs={"options": options}, min_size=1, max_size=AT_ONCE
        )
        app = App(connector=connector)

        @app.task(name="call_back")
        async def call_back(request: str) -> None:
            await self._calling_back.call_if_due(UUID(request))

        @app.periodic(cron=LOOKS)
        @app.task(name="look", queueing_lock="look", pass_context=False)
        async def look(timestamp: int) -> None:
            await _forget_stalled(app)
            for request in map(str, await self._calling_back.look()):
                # No lock beside it: a killed worker would hold that for ever, and the store's row
                # says anyway who calls.
                waiting = call_back.configure(queueing_lock=request)
                with suppress(AlreadyEnqueued):
                    await waiting.defer_async(request=request)

        return app

    async def _install(self) -> None:
        """Make the library's tables, unless another process has."""
        async with await psycopg.AsyncConnection.connect(self._url) as connection:
            await connection.execute("SELECT pg_advisory_xact_lock(%s)", (_INSTALLING,))
            found = await connection.execute(
                "SELECT 1 FROM information_schema.schemata WHERE schema_name = %s", (SCHEMA,)
            )
            if await found.fetchone() is not None:
                return
            name = sql.Identifier(SCHEMA)
            await connection.execute(sql.SQL("CREATE SCHEMA {}").format(name))
            await connection.execute(sql.SQL("SET LOCAL search_path TO {}").format(name))
            await connection.execute(SchemaManager.get_schema())


async def _forget_stalled(app: App) -> None:
    """Remove the jobs of workers that were killed: what they were to do is found again."""
    for job in await app.job_manager.get_stalled_jobs():
        await app.job_manager.finish_job(job, Status.FAILED, delete_job=True)
