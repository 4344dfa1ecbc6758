"""What the pages of one process share: what many ask for at the same time is done once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Self
from uuid import UUID

from channels.desk.batches import Batches
from channels.desk.frames import callback_frame, due_frame, line_frame
from channels.desk.ringing import Rings, read_rings
from channels.desk.shared import Shared
from crm_store.agents.claiming import Claim, take_each
from crm_store.agents.service import LoggedIn, all_logged_in, still_logged_in
from crm_store.audit.repository import AuditRepository, Deed
from crm_store.base import Json, utc_now
from crm_store.callbacks.repository import CallbackRepository
from crm_store.cases.repository import CaseRepository, Due
from crm_store.db import SessionFactory, at_once
from crm_store.handoffs.queue_repository import QueueRepository
from crm_store.routing.duty_repository import DutyRepository

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
    logins: Batches[str, LoggedIn | None]
    """By the secrets of their sessions."""
    claims: Batches[Claim, int]
    """Answered by their epochs, or by why not."""
    deeds: Batches[Deed, None]
    """What is put on record."""
    here: Batches[UUID, None]
    """The agents who have a page open; each page says so every few seconds."""

    @classmethod
    def of(cls, sessions: SessionFactory) -> Self:
        """Return what is read from this store."""
        return cls(
            rings=Shared(partial(read_rings, sessions)),
            floor=Shared(partial(read_floor, sessions), apart=APART_SECONDS),
            logins=Batches(partial(_find_logins, sessions)),
            claims=Batches(partial(take_each, sessions)),
            deeds=Batches(partial(_write_down, sessions)),
            here=Batches(partial(_note_here, sessions)),
        )

    async def close(self) -> None:
        """Read and write nothing any more."""
        for part in (self.rings, self.floor, self.logins, self.claims, self.deeds, self.here):
            await part.close()


async def _find_logins(
    sessions: SessionFactory, secrets: Sequence[str]
) -> Sequence[LoggedIn | None]:
    async with at_once(sessions) as session:
        return await all_logged_in(session, secrets, at=utc_now())


async def _write_down(sessions: SessionFactory, deeds: Sequence[Deed]) -> Sequence[None]:
    async with at_once(sessions) as session:
        await AuditRepository(session).record_all(deeds)
    return [None] * len(deeds)


async def _note_here(sessions: SessionFactory, agents: Sequence[UUID]) -> Sequence[None]:
    async with sessions.begin() as session:
        await DutyRepository(session).here(*agents, at=utc_now())
    return [None] * len(agents)
