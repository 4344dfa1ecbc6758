"""The store's server: ours in the data folder, or the one that we were given."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from channels.up.guard import Guard
from crm_store import migrations, server


@asynccontextmanager
async def database(folder: Path, given: str | None, *, guard: Guard) -> AsyncIterator[str]:
    """Give the address of the store, migrated, for as long as the block lasts."""
    if given is not None:
        await asyncio.to_thread(migrations.upgrade, given)
        yield given
        return
    postgres = folder / "postgres"
    ours = await asyncio.to_thread(server.start, postgres)
    try:
        process = _postmaster(postgres)
        guard.watch(process, last=True)
        await asyncio.to_thread(migrations.upgrade, ours.url)
        yield ours.url
    finally:
        await asyncio.to_thread(ours.stop)
    guard.forget(process)


def _postmaster(folder: Path) -> int:
    return int((folder / "postmaster.pid").read_text().splitlines()[0])
