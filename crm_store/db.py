"""Connections to the store; nothing is opened until it is used."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import URL, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import (
    AsyncEngine,
    AsyncSession,
    async_sessionmaker,
    create_async_engine,
)
from sqlalchemy.pool import ConnectionPoolEntry

# Tables refer to each other by name, so whoever opens the store must know them all.
from crm_store import tables  # noqa: F401
from crm_store.halves import takes_halves

SessionFactory = async_sessionmaker[AsyncSession]


def store_url(database_url: str) -> URL:
    """Return the address with the driver that the store uses, whichever the given one names."""
    return make_url(database_url).set(drivername="postgresql+psycopg")


def driver_url(database_url: str) -> str:
    """Return the same address as psycopg itself reads it."""
    return (
        store_url(database_url).set(drivername="postgresql").render_as_string(hide_password=False)
    )


def create_engine(database_url: str, *, connections: int = 10) -> AsyncEngine:
    """Return the engine; each process has one."""
    engine = create_async_engine(
        store_url(database_url),
        # As many as there may be are kept: to open one costs more than what it is asked mostly.
        pool_size=2 * connections,
        max_overflow=0,
        # An error must not carry a customer's words into a log.
        hide_parameters=True,
        connect_args={"connect_timeout": 5},
    )
    event.listen(engine.sync_engine, "connect", _prepare)
    return engine


def _prepare(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    takes_halves(connection.driver_connection)


def create_session_factory(engine: AsyncEngine) -> SessionFactory:
    """Return the maker of sessions; rows stay readable after their transaction."""
    return async_sessionmaker(engine, expire_on_commit=False)


@asynccontextmanager
async def at_once(sessions: SessionFactory) -> AsyncIterator[AsyncSession]:
    """Open a session whose statements each stand alone: no transaction to begin and to end.

    For reading rows that need not agree with each other, and for ringing the bell.
    """
    async with sessions() as session:
        await session.connection(execution_options={"isolation_level": "AUTOCOMMIT"})
        yield session
