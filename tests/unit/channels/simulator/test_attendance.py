"""A call in a room: who is in, and from when on others hear it."""

import asyncio

import pytest

from channels.simulator.attendance import Attendance
from channels.simulator.verbs import Conference

pytestmark = [pytest.mark.unit, pytest.mark.anyio]


class SlowExchange:
    """Lets nobody in before it gets to it."""

    async def enter(self, call: str, conference: Conference) -> None:
        pass

    async def leave(self, call: str) -> None:
        pass

    async def speak(self, call: str, text: str) -> None:
        pass


async def nothing_plays(url: str) -> None:
    raise AssertionError(f"{url} is played")


async def test_nobody_has_joined_before_the_exchange_says_so() -> None:
    joined, heard = asyncio.Event(), asyncio.Event()
    room = Conference("room", action="")
    attendance = Attendance("CA1", room, switchboard=SlowExchange(), play=nothing_plays)
    staying = asyncio.create_task(attendance.stay(lambda _: heard.set(), joined.set))
    await asyncio.sleep(0)
    asked_to_enter = joined.is_set()

    attendance.notice({"type": "alone", "alone": False})
    attendance.notice({"type": "hears", "text": "Hallo?"})
    attendance.notice({"type": "room_over"})
    await staying

    assert not asked_to_enter
    assert joined.is_set()
    assert heard.is_set()
