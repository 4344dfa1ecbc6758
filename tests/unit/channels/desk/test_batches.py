"""Wishes of many at the same time: one go, and everybody's own answer."""

import asyncio
from collections.abc import Sequence

import pytest

from channels.desk.batches import Batches

pytestmark = [pytest.mark.unit, pytest.mark.anyio]

BAD = 13


class Doubling:
    """Doubles numbers, but for a bad one; each go waits until it may."""

    def __init__(self) -> None:
        self.goes: list[list[int]] = []
        self.begun, self.may = asyncio.Event(), asyncio.Event()

    async def __call__(self, numbers: Sequence[int]) -> Sequence[int]:
        self.goes.append(list(numbers))
        self.begun.set()
        await self.may.wait()
        if BAD in numbers:
            raise ValueError("a bad number")
        return [2 * number for number in numbers]


async def test_whoever_asks_meanwhile_is_in_the_next_go() -> None:
    doubling = Doubling()
    batches = Batches(doubling)
    first = asyncio.create_task(batches.ask(1))
    await doubling.begun.wait()
    others = [asyncio.create_task(batches.ask(number)) for number in (2, 3, 4)]
    await asyncio.sleep(0)
    doubling.may.set()

    assert await asyncio.gather(first, *others) == [2, 4, 6, 8]
    assert doubling.goes == [[1], [2, 3, 4]]


async def test_nobody_suffers_for_anothers_wish() -> None:
    doubling = Doubling()
    doubling.may.set()
    batches = Batches(doubling)

    answers = await asyncio.gather(
        *(batches.ask(number) for number in (1, BAD, 3)), return_exceptions=True
    )

    assert answers[0] == 2
    assert isinstance(answers[1], ValueError)
    assert answers[2] == 6


async def test_whoever_goes_away_holds_up_nobody() -> None:
    doubling = Doubling()
    batches = Batches(doubling)
    gone, stays = (asyncio.create_task(batches.ask(number)) for number in (1, 2))
    await doubling.begun.wait()
    gone.cancel()
    doubling.may.set()

    assert await stays == 4


async def test_what_has_begun_is_finished_before_the_store_is_closed() -> None:
    doubling = Doubling()
    batches = Batches(doubling)
    asked = asyncio.create_task(batches.ask(1))
    await doubling.begun.wait()
    closing = asyncio.create_task(batches.close())
    await asyncio.sleep(0)
    begun = closing.done()
    doubling.may.set()
    await closing

    assert not begun
    assert await asked == 2
    await batches.close()
