"""How long words take to be spoken."""

import asyncio
from collections.abc import Awaitable, Callable

AT_ONCE = 0.0
ALOUD = 0.06
"""Seconds a letter, as a voice needs that somebody reads along with."""


class Mouth:
    """Speaks, and tells when it has finished."""

    def __init__(self, finished: Callable[[], Awaitable[None]], *, pace: float) -> None:
        self._finished = finished
        self._pace = pace
        self._until = 0.0
        self._speaking: asyncio.Task[None] | None = None

    async def says(self, words: str) -> None:
        """Say something after what is being said; who speaks at once has finished at once."""
        if self._pace:
            self.greets(words)
        else:
            await self._finished()

    def greets(self, words: str) -> None:
        """Say something first, of whose end nobody is told who would hear it at once."""
        if not self._pace:
            return
        now = asyncio.get_running_loop().time()
        self._until = max(now, self._until) + len(words) * self._pace
        self._stop()
        self._speaking = asyncio.create_task(self._finish(self._until - now))

    def shuts(self) -> None:
        """Say no more: somebody has broken in, or has gone."""
        self._until = 0.0
        self._stop()

    async def _finish(self, seconds: float) -> None:
        await asyncio.sleep(seconds)
        await self._finished()

    def _stop(self) -> None:
        if self._speaking is not None:
            self._speaking.cancel()
