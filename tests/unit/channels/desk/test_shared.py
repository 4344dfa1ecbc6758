"""What many pages ask for is read once, and never older than when they asked."""

import asyncio

import pytest

from channels.desk.shared import Shared

pytestmark = [pytest.mark.unit, pytest.mark.anyio]


async def test_those_who_ask_at_once_share_one_read() -> None:
    reads = Counting()
    shared = Shared(reads.read, apart=60)

    assert await asyncio.gather(*(shared.now() for _ in range(5))) == [1] * 5


async def test_whoever_asks_later_is_told_what_is_newer() -> None:
    reads = Counting()
    shared = Shared(reads.read)

    assert [await shared.now(), await shared.now()] == [1, 2]


async def test_a_page_that_goes_away_breaks_nothing_off() -> None:
    reads = Counting()
    shared = Shared(reads.read)
    gone, stays = asyncio.create_task(shared.now()), asyncio.create_task(shared.now())
    await asyncio.sleep(0)

    gone.cancel()

    assert await stays == 1


async def test_nothing_is_read_once_it_is_closed() -> None:
    reads = Counting()
    shared = Shared(reads.read, apart=60)
    await shared.now()
    late = asyncio.create_task(shared.now())
    await asyncio.sleep(0)

    await shared.close()

    with pytest.raises(asyncio.CancelledError):
        await late
    assert reads.times == 1


class Counting:
    """Counts how often it is read."""

    def __init__(self) -> None:
        self.times = 0

    async def read(self) -> int:
        """Return which read it is."""
        self.times += 1
        return self.times
