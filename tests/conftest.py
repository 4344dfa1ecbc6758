"""What tests share: a real database, emptied before each use."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from sqlalchemy import text

from crm_store import migrations, server, tables
from crm_store.db import SessionFactory, create_engine, create_session_factory
from tests.e2e.running import agent, simulator, stack, world

__all__ = ["agent", "simulator", "stack", "world"]


EVERYTHING = {"e2e", "browser"}
"""What plays against all programs, which run once."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let tests at once share nothing: those of one file stay together, and all with the shop."""
    for item in items:
        with_shop = EVERYTHING.intersection(mark.name for mark in item.iter_markers())
        group = "the shop" if with_shop else item.nodeid.partition("::")[0]
        item.add_marker(pytest.mark.xdist_group(group))


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """One event loop for the whole run, so that what runs long can be shared."""
    return "asyncio"


@pytest.fixture(scope="session")
def database_url() -> Iterator[str]:
    """A private PostgreSQL with the newest schema, for the whole run."""
    # Not among pytest's folders: the next run of pytest locks others out of them, and PostgreSQL,
    # which never runs as root, is another. The path of a socket may be some 100 characters long.
    with TemporaryDirectory(prefix="rapport-pg-") as folder:
        running = server.start(Path(folder))
        migrations.upgrade(running.url)
        yield running.url
        running.stop()


@pytest.fixture
async def sessions(database_url: str) -> AsyncIterator[SessionFactory]:
    """Sessions on an empty store."""
    engine = create_engine(database_url)
    names = ", ".join(table.name for table in tables.METADATA.sorted_tables)
    async with engine.begin() as connection:
        # The audit log lets nobody empty it who does not say so.
        await connection.execute(text("SET LOCAL rapport.audit_forgets = 'on'"))
        await connection.execute(text("SET LOCAL rapport.audit_chains = 'on'"))
        await connection.execute(text(f"TRUNCATE {names} RESTART IDENTITY CASCADE"))
    yield create_session_factory(engine)
    await engine.dispose()
