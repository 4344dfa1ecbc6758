"""The store, for a command that reads or changes a few rows of it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy.ext.asyncio import AsyncSession

from channels.up.database import database
from channels.up.settings import UpSettings
from crm_store.db import create_engine, create_session_factory


@asynccontextmanager
async def store_session() -> AsyncIterator[AsyncSession]:
    """Open the store that the settings name, and commit what was done when the block ends."""
    settings = UpSettings()
    async with database(settings.folder, settings.given_database) as url:
        engine = create_engine(url, connections=1)
        try:
            async with create_session_factory(engine).begin() as session:
                yield session
        finally:
            await engine.dispose()
