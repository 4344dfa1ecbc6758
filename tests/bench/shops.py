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


@asynccontextmanager
async def shop(
    name: str, products: Path, mapping: str, encoder: Encoder, *, with_demo: bool = False
) -> AsyncIterator[SessionFactory]:
    """Open the shop of a file's products, brought in and placed if they are not yet."""
    running = await asyncio.to_thread(server.start, VAR / "bench" / name)
    try:
        await asyncio.to_thread(migrations.upgrade, running.url)
        engine = create_engine(running.url)
        sessions = create_session_factory(engine)
        if with_demo:
            await fill(sessions, encoder, _tell)
        rules = mapping_named(mapping, Noun.products)
        await import_file(Noun.products, products, sessions, mapping=rules)
        await place_products(sessions, encoder, _tell)
        yield sessions
        await engine.dispose()
    finally:
        await asyncio.to_thread(running.stop)


def _tell(done: int, of: int) -> None:
    sys.stderr.write(f"\rplaced {done} of {of} texts")
    sys.stderr.flush()
