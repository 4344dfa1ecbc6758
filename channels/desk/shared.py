"""What many pages ask for at the same time, read once for all of them."""

import asyncio
from collections.abc import Awaitable, Callable
from math import inf
from time import monotonic
from typing import Generic, TypeVar

Read = TypeVar("Read")


class Shared(Generic[Read]):
    """Reads it; whoever asks before a read has begun is answered by that read."""

    def __init__(self, read: Callable[[], Awaitable[Read]], *, apart: float = 0.0) -> None:
        self._read = read
        self._apart = apart
        """At least so many seconds lie between two reads: what they cost, all pay for."""
        self._begun_at = -inf
        self._next: asyncio.Task[Read] | None = None
        self._reads: set[asyncio.Task[Read]] = set()

    async def now(self) -> Read:
        """Return it as it is at this moment or later."""
        if self._next is None:
            self._next = asyncio.create_task(self._begin())
            self._reads.add(self._next)
            self._next.add_done_callback(self._reads.discard)
        # One page that goes away must not break off what the others wait for.
        return await asyncio.shield(self._next)

    async def close(self) -> None:
        """Begin no read any more, and wait for those that have begun: the store is closed next."""
        if self._next is not None:
            self._next.cancel()
        await asyncio.gather(*self._reads, return_exceptions=True)

    async def _begin(self) -> Read:
        await asyncio.sleep(self._begun_at + self._apart - monotonic())
        self._begun_at = monotonic()
        # From here on, whoever asks may know of something newer.
        self._next = None
        return await self._read()
