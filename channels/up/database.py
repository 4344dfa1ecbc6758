"""The store's server: ours in the data folder, or the one that we were given."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from channels.up.guard import Guard
from crm_store import migrations, server


@asynccontextmanager
async def database(
    folder: Path, given: str | None, *, guard: Guard | None = None
) -> AsyncIterator[str]:
    """Give the address of the store, migrated, for as long as the block lasts.

    Several may use the server in one folder; it stops with the last. A guard stops it for
    all if we are killed, so only the one who serves customers passes it.
    """
    if given is not None:
        await asyncio.to_thread(migrations.upgrade, given)
        yield given
        return
    async with _ours(folder / "postgres", guard) as url:
        await asyncio.to_thread(migrations.upgrade, url)
        yield url


@asynccontextmanager
async def _ours(folder: Path, guard: Guard | None) -> AsyncIterator[str]:
    ours = await asyncio.to_thread(server.start, folder)
    process = _postmaster(folder)
    if guard:
        guard.watch(process, last=True)
    try:
        yield ours.url
    finally:
        await asyncio.to_thread(ours.stop)
        if guard:
            guard.forget(process)


def _postmaster(folder: Path) -> int:
    return int((folder / "postmaster.pid").read_text().splitlines()[0])
