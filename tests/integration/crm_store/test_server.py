import pytest
from sqlalchemy import text

from crm_store import server
from crm_store.db import SessionFactory

pytestmark = [pytest.mark.integration, pytest.mark.anyio]


async def test_our_own_server_keeps_a_part_of_the_memory(
    sessions: SessionFactory,
) -> None:
    async with sessions() as session:
        lent = await session.scalar(
            text("SELECT setting::int * 8 / 1024 FROM pg_settings WHERE name = 'shared_buffers'")
        )

    assert lent == server.lent_megabytes()
