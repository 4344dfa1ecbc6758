"""Who waits for news of what, live, in this process; other processes are told by the bell."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID, uuid4

from sqlalchemy.exc import SQLAlchemyError

from crm_store.db import SessionFactory
from crm_store.notify import bells, ring

logger = logging.getLogger(__name__)

LOOK_ANYWAY_SECONDS = 5.0
GATHER_SECONDS = 0.01
"""For so long, news for other processes is gathered, to be told at once."""
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
            # Not `wait_for`: before Python 3.12 it swallows a cancelling that comes with the ring.
            async with asyncio.timeout(at_most):
                await self._rung.wait()
        except TimeoutError:
            return set()
        self._rung.clear()
        notes, self.notes = self.notes, set()
        return notes


class Hub:
    """Passes news of a topic to whoever watches it."""

    def __init__(self, sessions: SessionFactory) -> None:
        self._sessions = sessions
        self._name = uuid4().hex
        self._watchers: defaultdict[str, set[Bell]] = defaultdict(set)
        self._untold: set[str] = set()
        self._any_untold = asyncio.Event()

    def tell(self, topic: UUID | str, note: str = "") -> None:
        """Ring here at once, and soon in every other process."""
        self._ring(str(topic), note)
        self._untold.add(f"{self._name} {topic} {note}".strip())
        self._any_untold.set()

    def moved(self, conversation: UUID) -> None:
        """Tell whoever follows a conversation, and whoever watches the desk's lists."""
        self.tell(conversation)
        self.tell(QUEUE)

    async def pass_on(self) -> None:
        """Ring in other processes what was told here, for ever.

        Nobody waits for it: what is lost with a connection is found by looking anyway.
        """
        while True:
            await self._any_untold.wait()
            await asyncio.sleep(GATHER_SECONDS)
            self._any_untold.clear()
            untold, self._untold = self._untold, set()
            try:
                await ring(self._sessions, *untold)
            except (OSError, SQLAlchemyError):
                logger.warning("the store's bell is out of reach")

    async def listen(self, database_url: str) -> None:
        """Ring here what was told in other processes, for ever."""
        async for rung in bells(database_url):
            name, _, told = rung.partition(" ")
            topic, _, note = told.partition(" ")
            if name != self._name:
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
