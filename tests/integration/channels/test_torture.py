"""Agents and programs are killed while customers are answered."""

import pytest

from channels.torture.handoffs import Torture, torture
from crm_store.db import SessionFactory

pytestmark = [pytest.mark.integration, pytest.mark.anyio]


async def test_nobody_is_lost_or_taken_twice(sessions: SessionFactory, database_url: str) -> None:
    small = Torture(escalations=8, agents=2, kill_every=3.0)

    toll = await torture(sessions, database_url, small, seed_of_chance=7)

    assert (toll.finished, toll.lost, toll.twice) == (8, 0, 0)
