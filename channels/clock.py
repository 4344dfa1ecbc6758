"""Time as a call feels it: the real one, or one that moves on only when it is told to."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from crm_store.base import utc_now

_NEVER = float("inf")
_ROUNDS = 8


class Clock(Protocol):
    """Says how late it is, and lets time go by."""

    def now(self) -> float:
        """Return the seconds since some moment that stays the same."""
        ...

    def utc_now(self) -> datetime:
        """Return the moment, for what is kept longer than this process lives."""
        ...

    def timeout(self, seconds: float | None) -> AbstractAsyncContextManager[None]:
        """Break the block off with TimeoutError when so much time has gone by; never if None."""
        ...

    async def passes(self, seconds: float) -> None:
        """Return when so much time has gone by."""
        ...


class WallClock:
    """The real time; `second` is how long one of its seconds takes."""

    def __init__(self, *, second: float = 1.0) -> None:
        self._second = second

    def now(self) -> float:
        """Return the event loop's time."""
        return asyncio.get_running_loop().time() / self._second

    def utc_now(self) -> datetime:
        """Return the moment."""
        return utc_now()

    @asynccontextmanager
    async def timeout(self, seconds: float | None) -> AsyncIterator[None]:
        """Break the block off when so much time has gone by."""
        async with asyncio.timeout(None if seconds is None else seconds * self._second):
            yield

    async def passes(self, seconds: float) -> None:
        """Wait for so long."""
        await asyncio.sleep(seconds * self._second)


@dataclass(eq=False, slots=True)
class _Waiting:
    """Somebody who is to be woken at a moment."""

    task: asyncio.Task[Any]
    until: float
    limit: asyncio.Timeout


class SimulatedClock:
    """A time that stands still until somebody lets it pass: minutes then take no time at all.

    It passes only while everybody who has ever waited waits again, or has ended: what they do in
    between takes no time.
    """

    def __init__(self) -> None:
        self._now = 0.0
        self._began = utc_now()
        self._waiting: list[_Waiting] = []
        self._known: set[asyncio.Task[Any]] = set()
        self._news = asyncio.Event()

    def now(self) -> float:
        """Return how much time has passed."""
        return self._now

    def utc_now(self) -> datetime:
        """Return the moment, counted from when the clock was made."""
        return self._began + timedelta(seconds=self._now)

    @asynccontextmanager
    async def timeout(self, seconds: float | None) -> AsyncIterator[None]:
        """Break the block off when somebody has let so much time pass."""
        until = _NEVER if seconds is None else self._now + seconds
        waiting = _Waiting(self._know(asyncio.current_task()), until, asyncio.timeout(None))
        self._waiting.append(waiting)
        self._news.set()
        try:
            async with waiting.limit:
                yield
        finally:
            if waiting in self._waiting:
                self._waiting.remove(waiting)

    async def passes(self, seconds: float) -> None:
        """Let so much time pass, and wake whoever waits for less."""
        await self._all_wait()
        end = self._now + seconds
        while (first := self._first()) is not None and first.until <= end:
            self._now = max(self._now, first.until)
            self._waiting.remove(first)
            first.limit.reschedule(asyncio.get_running_loop().time())
            await self._all_wait()
        self._now = end

    def _know(self, task: asyncio.Task[Any] | None) -> asyncio.Task[Any]:
        if task is None:
            raise RuntimeError("only a task can wait")
        if task not in self._known:
            self._known.add(task)
            task.add_done_callback(self._forget)
        return task

    def _forget(self, task: asyncio.Task[Any]) -> None:
        self._known.discard(task)
        self._news.set()

    def _first(self) -> _Waiting | None:
        # Of two who wait for the same moment, the one who came first.
        return min(self._waiting, key=lambda waiting: waiting.until, default=None)

    async def _all_wait(self) -> None:
        await self._let_tasks_follow_one_another()
        me = asyncio.current_task()
        while self._known - {me} - {waiting.task for waiting in self._waiting}:
            self._news.clear()
            await self._news.wait()
            await self._let_tasks_follow_one_another()

    async def _let_tasks_follow_one_another(self) -> None:
        # One that has ended may be followed by another, which does not wait yet.
        for _ in range(_ROUNDS):
            await asyncio.sleep(0)
