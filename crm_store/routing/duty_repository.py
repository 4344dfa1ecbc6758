"""Every query on what agents take on."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.agents.models import Agent
from crm_store.routing.models import Duty


class DutyRepository:
    """Reads and writes duties in the session it is given."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def here(self, *agent_ids: UUID, at: datetime) -> None:
        """Note that agents have a page open; with the first one an agent's duty begins."""
        new = {"here_at": at, "since": at, "skills": [], "languages": []}
        adding = insert(Duty)
        await self._session.execute(
            adding.on_conflict_do_update(
                index_elements=["agent_id"], set_={"here_at": adding.excluded.here_at}
            ),
            # In one order for all who note several at a time.
            [{"agent_id": agent, **new} for agent in sorted(set(agent_ids))],
        )

    async def of(self, agent_id: UUID) -> Duty | None:
        """Return an agent's duty, if it has ever begun."""
        return await self._session.get(Duty, agent_id, populate_existing=True)

    async def anybody(self, *, seen_after: datetime) -> bool:
        """Return whether a page of some agent's was open since then."""
        here = exists().where(Duty.here_at > seen_after)
        return bool(await self._session.scalar(select(here)))

    async def for_writing(self, agent_id: UUID) -> Duty:
        """Return an agent's duty for changing it."""
        made = insert(Duty).values(agent_id=agent_id, skills=[], languages=[])
        await self._session.execute(made.on_conflict_do_nothing(index_elements=["agent_id"]))
        found: Duty | None = await self._session.scalar(
            select(Duty)
            .where(Duty.agent_id == agent_id)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
        if found is None:
            raise LookupError(f"no duty of {agent_id}")
        return found

    async def everybody(self) -> Sequence[tuple[Agent, Duty | None]]:
        """Return every agent with their duty, by name."""
        rows = await self._session.execute(
            select(Agent, Duty).outerjoin(Duty, Duty.agent_id == Agent.id).order_by(Agent.name)
        )
        return [(agent, duty) for agent, duty in rows]

    async def all(self) -> Sequence[Duty]:
        """Return every duty."""
        return (await self._session.scalars(select(Duty))).all()
