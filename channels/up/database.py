"""The store's server: ours in the data folder, or the one that we were given."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import psycopg

from channels.up.guard import Guard
from crm_store import migrations, server
from crm_store.db import driver_url, store_url

TRACKER_SCHEMA = "rasa"


@asynccontextmanager
async def database(folder: Path, given: str | None, *, guard: Guard) -> AsyncIterator[str]:
    """Give the address of the store, migrated, for as long as the block lasts."""
    if given is not None:
        await prepare(given)
        yield given
        return
    postgres = folder / "postgres"
    ours = await asyncio.to_thread(server.start, postgres)
    try:
        process = _postmaster(postgres)
        guard.watch(process, last=True)
        await prepare(ours.url)
        yield ours.url
    finally:
        await asyncio.to_thread(ours.stop)
    guard.forget(process)


async def prepare(url: str) -> None:
    """Bring the schema up to date, and make room for the bot's memory of conversations."""
    await asyncio.to_thread(migrations.upgrade, url)
    async with await psycopg.AsyncConnection.connect(driver_url(url)) as connection:
        await connection.execute(f"CREATE SCHEMA IF NOT EXISTS {TRACKER_SCHEMA}")


def tracker_url(url: str) -> str:
    """Return the same address as Rasa's own driver reads it."""
    ours = store_url(url).set(drivername="postgresql+psycopg2")
    return ours.render_as_string(hide_password=False)


def _postmaster(folder: Path) -> int:
    return int((folder / "postmaster.pid").read_text().splitlines()[0])
