"""What all pages of the desk show alike, read once for those that ask at the same time."""

from dataclasses import dataclass
from functools import partial
from typing import Self

from channels.desk.frames import callback_frame, line_frame
from channels.desk.ringing import Rings, read_rings
from channels.desk.shared import Shared
from crm_store.base import Json
from crm_store.callbacks.repository import CallbackRepository
from crm_store.db import SessionFactory, at_once
from crm_store.handoffs.queue_repository import QueueRepository


@dataclass(frozen=True, slots=True)
class Queue:
    """Who waits for anybody, as pages show it."""

    waiting: list[Json]
    callbacks: list[Json]


async def read_queue(sessions: SessionFactory) -> Queue:
    """Return who waits at the desk, and who is to be called back."""
    async with at_once(sessions) as session:
        lines = await QueueRepository(session).waiting()
        owed = await CallbackRepository(session).open()
    return Queue([line_frame(line) for line in lines], [callback_frame(one) for one in owed])


@dataclass(frozen=True, slots=True)
class Common:
    """What the pages of one process share."""

    rings: Shared[Rings]
    queue: Shared[Queue]

    @classmethod
    def of(cls, sessions: SessionFactory) -> Self:
        """Return what is read from this store."""
        return cls(Shared(partial(read_rings, sessions)), Shared(partial(read_queue, sessions)))
