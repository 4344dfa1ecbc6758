import asyncio

import pytest

from channels.hub import Bell

pytestmark = [pytest.mark.unit, pytest.mark.anyio]


async def test_a_ring_wakes_the_watcher_with_its_notes() -> None:
    bell = Bell()
    bell.ring("typing")

    assert await bell.wait() == {"typing"}


async def test_without_a_ring_the_watcher_looks_all_the_same() -> None:
    assert await Bell().wait(at_most=0.01) == set()


@pytest.mark.parametrize("steps", range(6))
async def test_whoever_is_cancelled_while_it_rings_ends(steps: int) -> None:
    bell = Bell()

    async def watch() -> None:
        while True:
            await bell.wait()

    watching = asyncio.create_task(watch())
    await asyncio.sleep(0.01)
    bell.ring()
    for _ in range(steps):
        # As far as the ring may have come when the watcher is told to stop.
        await asyncio.sleep(0)
    watching.cancel()

    done, _ = await asyncio.wait({watching}, timeout=1)
    assert done
