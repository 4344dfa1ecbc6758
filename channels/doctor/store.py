"""The database, and what is to be read out of it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession

from channels.doctor.findings import Finding, fine, judged, mend, unknown
from channels.doctor.settings import DoctorSettings
from crm_store import migrations, server
from crm_store.base import utc_now
from crm_store.catalogue.encoders import encoder_named
from crm_store.db import create_engine, create_session_factory
from crm_store.errors import EncoderMissing

MOST_DRIFT_SECONDS = 2.0


async def store(settings: DoctorSettings) -> AsyncIterator[Finding]:
    """Look at the database, and at what turns words into vectors for it."""
    if settings.given_database is None and not (settings.folder / "postgres").exists():
        yield unknown("the database", "The private one is made by the first `rapport up`.")
    else:
        async for finding in _database(settings):
            yield finding
    yield await asyncio.to_thread(_encoder, settings.rapport_encoder)


async def _database(settings: DoctorSettings) -> AsyncIterator[Finding]:
    try:
        async with _address(settings) as url:
            newest = await asyncio.to_thread(migrations.is_newest, url)
            engine = create_engine(url, connections=1)
            async with create_session_factory(engine)() as session:
                yield fine("the database", "answers")
                yield await _vectors(session)
                yield await _clock(session)
            await engine.dispose()
        remedy = "Start `rapport up` once: it brings the schema up to date."
        yield judged(newest, "the schema", if_not=remedy)
    except (OSError, SQLAlchemyError):
        yield mend("the database", "It does not answer; look at DATABASE_URL and its server.")


@asynccontextmanager
async def _address(settings: DoctorSettings) -> AsyncIterator[str]:
    """Give the address of the database as it is, not migrated."""
    if settings.given_database is not None:
        yield settings.given_database
        return
    ours = await asyncio.to_thread(server.start, settings.folder / "postgres")
    try:
        yield ours.url
    finally:
        await asyncio.to_thread(ours.stop)


async def _vectors(session: AsyncSession) -> Finding:
    version = await session.scalar(
        text("SELECT extversion FROM pg_extension WHERE extname = 'vector'")
    )
    remedy = "Have the server's owner run CREATE EXTENSION vector."
    return judged(version is not None, "pgvector", if_so=str(version), if_not=remedy)


async def _clock(session: AsyncSession) -> Finding:
    theirs = await session.scalar(text("SELECT clock_timestamp()"))
    drift = abs((utc_now() - theirs).total_seconds())
    told = f"{drift:.1f} s apart from the database's"
    remedy = f"It is {told}: let both machines follow NTP."
    return judged(drift <= MOST_DRIFT_SECONDS, "the clock", if_so=told, if_not=remedy)


def _encoder(name: str) -> Finding:
    try:
        encoder_named(name)
    except EncoderMissing:
        return mend("the encoder", "It cannot be loaded; look at RAPPORT_ENCODER.")
    return fine("the encoder", name)
