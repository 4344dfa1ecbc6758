"""Shops of public data to measure on, kept in `var/bench`: placing their texts takes long."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from channels.up.places import VAR
from crm_store import migrations, server
from crm_store.catalogue.encoders import Encoder
from crm_store.catalogue.placing import place_products
from crm_store.db import SessionFactory, create_engine, create_session_factory
from crm_store.demo.fill import fill
from crm_store.imports.intake import Noun, import_file
from crm_store.imports.mapping import mapping_named

DATA = Path("../shared/data")
KEPT = VAR / "bench"


@asynccontextmanager
async def shop(
    name: str, products: Path, mapping: str, encoder: Encoder, *, with_demo: bool = False
) -> AsyncIterator[SessionFactory]:
    """Open the shop of a file's products, brought in and placed if they are not yet."""
    async with opened(KEPT / name) as sessions:
        if with_demo:
            await fill(sessions, encoder, _tell)
        rules = mapping_named(mapping, Noun.products)
        await import_file(Noun.products, products, sessions, mapping=rules)
        await place_products(sessions, encoder, _tell)
        yield sessions


@asynccontextmanager
async def opened(folder: Path) -> AsyncIterator[SessionFactory]:
    """Open the store in a folder, made at the first time, with the newest schema."""
    running = await asyncio.to_thread(server.start, folder)
    try:
        await asyncio.to_thread(migrations.upgrade, running.url)
        engine = create_engine(running.url)
        yield create_session_factory(engine)
        await engine.dispose()
    finally:
        await asyncio.to_thread(running.stop)


def _tell(done: int, of: int) -> None:
    sys.stderr.write(f"\rplaced {done} of {of} texts")
    sys.stderr.flush()
