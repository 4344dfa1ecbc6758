"""Who waits for news of what, live, in this process; other processes are told by the bell."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

from crm_store.db import SessionFactory
from crm_store.notify import bells, ring

LOOK_ANYWAY_SECONDS = 5.0
QUEUE = "queue"
"""The topic of everything that changes the desk's lists."""


class Bell:
    """Rings when its topic has news; the watcher then reads the rows itself."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()
        self.notes: set[str] = set()

    def ring(self, note: str = "") -> None:
        """Wake the watcher; a note tells something that no row holds, such as typing."""
        if note:
            self.notes.add(note)
        self._rung.set()

    async def wait(self, at_most: float = LOOK_ANYWAY_SECONDS) -> set[str]:
        """Wait for a ring, or a while, since a ring can be lost; return the notes."""
        try:
            await asyncio.wait_for(self._rung.wait(), at_most)
        except TimeoutError:
            return set()
        self._rung.clear()
        notes, self.notes = self.notes, set()
        return notes


class Hub:
    """Passes news of a topic to whoever watches it."""

    def __init__(self, sessions: SessionFactory) -> None:
        self._sessions = sessions
        self._watchers: defaultdict[str, set[Bell]] = defaultdict(set)

    async def tell(self, topic: UUID | str, note: str = "") -> None:
        """Ring here at once, and in every other process."""
        self._ring(str(topic), note)
        await ring(f"{topic} {note}".strip(), self._sessions)

    async def listen(self, database_url: str) -> None:
        """Pass on the rings of other processes, for ever."""
        async for rung in bells(database_url):
            topic, _, note = rung.partition(" ")
            self._ring(topic, note)

    @asynccontextmanager
    async def watch(self, topic: UUID | str) -> AsyncIterator[Bell]:
        """Watch a topic for as long as the block lasts."""
        bell, name = Bell(), str(topic)
        self._watchers[name].add(bell)
        try:
            yield bell
        finally:
            self._watchers[name].discard(bell)
            if not self._watchers[name]:
                del self._watchers[name]

    def _ring(self, topic: str, note: str) -> None:
        for bell in self._watchers.get(topic, ()):
            bell.ring(note)
