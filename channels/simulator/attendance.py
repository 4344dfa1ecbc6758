"""One call's time in a conference: what it hears while it is alone, on hold, and with others."""

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any, Protocol

from channels.simulator.verbs import Conference

Play = Callable[[str], Coroutine[None, None, None]]


class Switchboard(Protocol):
    """Where a call can be let into a room."""

    async def enter(self, call: str, conference: Conference) -> None:
        """Let a call in."""
        ...

    async def leave(self, call: str) -> None:
        """Let a call out."""
        ...

    async def speak(self, call: str, text: str) -> None:
        """Have the others in the room hear something."""
        ...


class Attendance:
    """Stays in a room until it is over or the call leaves it."""

    def __init__(
        self, call: str, conference: Conference, *, switchboard: Switchboard, play: Play
    ) -> None:
        self._call = call
        self._conference = conference
        self._switchboard = switchboard
        self._play = play
        self._news: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._playing: asyncio.Task[None] | None = None

    def notice(self, news: dict[str, Any]) -> None:
        """Take what the exchange tells of the room."""
        self._news.put_nowait(news)

    async def says(self, words: str) -> None:
        """Speak to the others."""
        await self._switchboard.speak(self._call, words)

    async def stay(self, hear: Callable[[str], None], entered: Callable[[], None]) -> None:
        """Enter, tell so, hear what is said, and return once it is over.

        Whoever is in is told at once whether they are alone there.
        """
        await self._switchboard.enter(self._call, self._conference)
        try:
            while await self._take(await self._news.get(), hear):
                entered()
        finally:
            await self._silence()
            await self._switchboard.leave(self._call)

    async def _take(self, news: dict[str, Any], hear: Callable[[str], None]) -> bool:
        match news["type"]:
            case "room_over":
                return False
            case "hears":
                hear(news["text"])
            case "alone":
                await self._sound(self._conference.waiting if news["alone"] else None)
            case "plays":
                await self._sound(news["url"])
        return True

    async def _sound(self, url: str | None) -> None:
        await self._silence()
        if url:
            self._playing = asyncio.create_task(self._play(url))

    async def _silence(self) -> None:
        if self._playing is not None:
            self._playing.cancel()
            with suppress(asyncio.CancelledError):
                await self._playing
            self._playing = None
