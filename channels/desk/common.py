"""What all pages of the desk show alike, read once for those that ask at the same time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Self
from uuid import UUID

from channels.desk.frames import callback_frame, due_frame, line_frame
from channels.desk.ringing import Rings, read_rings
from channels.desk.shared import Shared
from crm_store.agents.service import still_logged_in
from crm_store.base import Json, utc_now
from crm_store.callbacks.repository import CallbackRepository
from crm_store.cases.repository import CaseRepository, Due
from crm_store.db import SessionFactory, at_once
from crm_store.handoffs.queue_repository import QueueRepository

AHEAD = timedelta(hours=24)
"""So long before it is due, a case is listed; the page shows by its own clock when it is."""
APART_SECONDS = 0.25
"""The lists of all pages are long; what rings is not, and waits for nothing."""
MOST_DUE = 50
"""On one page."""


@dataclass(frozen=True, slots=True)
class Floor:
    """Who waits and who is with whom, all over the desk, as pages show it."""

    waiting: list[Json]
    callbacks: list[Json]
    held: Mapping[UUID, Sequence[Json]]
    """By agent."""
    due: Sequence[tuple[Due, Json]]
    logins: frozenset[str]
    """Those that still hold, by the hashes of their secrets."""

    def due_for(self, agent_id: UUID) -> list[Json]:
        """Return what is due and is this agent's or nobody's."""
        return [shown for due, shown in self.due if due.is_for(agent_id)][:MOST_DUE]


async def read_floor(sessions: SessionFactory) -> Floor:
    """Return how it stands now."""
    async with at_once(sessions) as session:
        now, queue = utc_now(), QueueRepository(session)
        held = await queue.held()
        due = await CaseRepository(session).due(before=now + AHEAD)
        return Floor(
            waiting=[line_frame(line) for line in await queue.waiting()],
            callbacks=[callback_frame(one) for one in await CallbackRepository(session).open()],
            held={agent: [line_frame(line) for line in lines] for agent, lines in held.items()},
            due=[(one, due_frame(one)) for one in due],
            logins=await still_logged_in(session, at=now),
        )


@dataclass(frozen=True, slots=True)
class Common:
    """What the pages of one process share."""

    rings: Shared[Rings]
    floor: Shared[Floor]

    @classmethod
    def of(cls, sessions: SessionFactory) -> Self:
        """Return what is read from this store."""
        return cls(
            rings=Shared(partial(read_rings, sessions)),
            floor=Shared(partial(read_floor, sessions), apart=APART_SECONDS),
        )

    async def close(self) -> None:
        """Read nothing any more."""
        await self.rings.close()
        await self.floor.close()
