import asyncio

import pytest

from channels.clock import SimulatedClock, WallClock

pytestmark = [pytest.mark.unit, pytest.mark.anyio]


async def wakes_at(clock: SimulatedClock, moments: list[float], woken: list[float]) -> None:
    for seconds in moments:
        with pytest.raises(TimeoutError):
            async with clock.timeout(seconds):
                await asyncio.Event().wait()
        woken.append(clock.now())


async def test_hours_pass_at_once_and_everybody_wakes_in_order() -> None:
    clock, woken = SimulatedClock(), list[float]()

    async with asyncio.TaskGroup() as sleepers:
        sleepers.create_task(wakes_at(clock, [3600, 10], woken))
        sleepers.create_task(wakes_at(clock, [5, 3603, 1], woken))
        await asyncio.sleep(0)
        await clock.passes(7200)

    assert woken == [5, 3600, 3608, 3609, 3610]
    assert clock.now() == 7200


async def test_time_stands_still_until_it_is_let_pass() -> None:
    clock, woken = SimulatedClock(), list[float]()
    sleeper = asyncio.create_task(wakes_at(clock, [5], woken))
    await asyncio.sleep(0)

    await clock.passes(4.9)

    assert (woken, sleeper.done()) == ([], False)
    await clock.passes(0.1)
    assert sleeper.done()


async def test_whoever_is_done_in_time_is_not_woken() -> None:
    clock = SimulatedClock()

    async with clock.timeout(1):
        pass
    async with clock.timeout(None):
        await clock.passes(10)

    assert clock.now() == 10


async def test_a_hurried_clock_takes_less_for_a_second() -> None:
    clock = WallClock(second=0.001)

    began = clock.now()
    await clock.passes(20)

    assert clock.now() - began >= 20
