"""What is measured, the same way on either side."""

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from statistics import median
from time import perf_counter

from tests.bench.talkers import Talker

Open = Callable[[], AbstractAsyncContextManager[Talker]]

ALONE_TURNS = 20
ALONE_ROUNDS = 5
AT_ONCE = 8
AT_ONCE_TURNS = 25
AT_ONCE_ROUNDS = 3
WINDOW = 5


async def alone(sides: list[Open]) -> list[float]:
    """Return each side's median milliseconds of a turn; rounds alternate, all conversations new."""
    times: list[list[float]] = [[] for _ in sides]
    for _ in range(ALONE_ROUNDS):
        for side, taken in zip(sides, times, strict=True):
            async with side() as talker:
                await talker.turn()
                taken += [await talker.turn() for _ in range(ALONE_TURNS)]
    return [median(taken) for taken in times]


async def at_once(sides: list[Open]) -> list[float]:
    """Return each side's turns a second with eight conversations at once, the median of rounds."""
    rates: list[list[float]] = [[] for _ in sides]
    for _ in range(AT_ONCE_ROUNDS):
        for side, found in zip(sides, rates, strict=True):
            found.append(await _rate(side))
    return [median(found) for found in rates]


async def grown(side: Open, at: list[int]) -> list[float]:
    """Return the median milliseconds around the given turns of one long conversation."""
    async with side() as talker:
        times = [await talker.turn() for _ in range(max(at) + WINDOW)]
    return [median(times[max(0, turn - WINDOW) : turn + WINDOW]) for turn in at]


async def _rate(side: Open) -> float:
    async with AsyncExitStack() as opened:
        talkers = [await opened.enter_async_context(side()) for _ in range(AT_ONCE)]
        began = perf_counter()
        await asyncio.gather(*(_talk(talker) for talker in talkers))
        return AT_ONCE * AT_ONCE_TURNS / (perf_counter() - began)


async def _talk(talker: Talker) -> None:
    for _ in range(AT_ONCE_TURNS):
        await talker.turn()
