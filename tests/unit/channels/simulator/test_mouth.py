import asyncio
from collections.abc import Awaitable, Callable

import pytest

from channels.simulator.mouth import AT_ONCE, Mouth

pytestmark = [pytest.mark.unit, pytest.mark.anyio]

SOON, LONG = 0.001, 10_000


async def test_who_speaks_at_once_has_finished_at_once() -> None:
    finished = asyncio.Event()
    mouth = Mouth(_set(finished), pace=AT_ONCE)

    await mouth.says("Guten Tag.")

    assert finished.is_set()


async def test_words_take_their_time() -> None:
    finished = asyncio.Event()
    mouth = Mouth(_set(finished), pace=SOON)

    await mouth.says("Guten Tag.")

    assert not finished.is_set()
    await finished.wait()


async def test_what_follows_is_part_of_the_same_talk() -> None:
    ends = 0

    async def end() -> None:
        nonlocal ends
        ends += 1
        finished.set()

    finished = asyncio.Event()
    mouth = Mouth(end, pace=SOON)

    mouth.greets("Guten Tag.")
    await mouth.says("Was kann ich für Sie tun?")
    await finished.wait()

    assert ends == 1


async def test_whoever_is_broken_into_begins_anew() -> None:
    finished = asyncio.Event()
    mouth = Mouth(_set(finished), pace=SOON)

    await mouth.says("Guten Tag. " * LONG)
    mouth.shuts()
    await mouth.says("Ja?")

    async with asyncio.timeout(SOON * LONG):
        await finished.wait()


def _set(event: asyncio.Event) -> Callable[[], Awaitable[None]]:
    async def finished() -> None:
        event.set()

    return finished
