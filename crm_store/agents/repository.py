"""Every query on agents, their sessions and their failed logins."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, delete, exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.agents.models import Agent, AgentIdentity, AgentSession, LoginAttempt
from crm_store.agents.roles import Role
from crm_store.errors import UnknownAgent

_NOT_READ_AGAIN = {"synchronize_session": False}
"""The rows have served when they are changed."""
_COUNTING = 0x5EA7
"""The lock under which login attempts are counted."""


class AgentRepository:
    """Reads and writes agents in the session it is given."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    def add(self, agent: Agent) -> None:
        """Write down a new agent."""
        self._session.add(agent)

    async def find(self, login: str) -> Agent | None:
        """Return the agent of this login."""
        found: Agent | None = await self._session.scalar(select(Agent).where(Agent.login == login))
        return found

    async def at_work(self, login: str) -> Agent | None:
        """Return the agent of this login, unless they have left."""
        found = await self.find(login)
        return None if found is None or found.left_at is not None else found

    async def get(self, agent_id: UUID) -> Agent:
        """Return an agent, or raise UnknownAgent."""
        found = await self._session.get(Agent, agent_id)
        if found is None:
            raise UnknownAgent(str(agent_id))
        return found

    async def for_writing(self, agent_id: UUID) -> Agent:
        """Return an agent for changing them; others who would wait until the transaction ends."""
        found = await self._session.get(
            Agent, agent_id, with_for_update=True, populate_existing=True
        )
        if found is None:
            raise UnknownAgent(str(agent_id))
        return found

    async def vouched_for(self, issuer: str, subject: str) -> Agent | None:
        """Return the agent whom an identity provider knows by a subject."""
        found: Agent | None = await self._session.scalar(
            select(Agent)
            .join(AgentIdentity, AgentIdentity.agent_id == Agent.id)
            .where(AgentIdentity.issuer == issuer, AgentIdentity.subject == subject)
        )
        return found

    async def is_vouched_for(self, agent_id: UUID, issuer: str) -> bool:
        """Return whether an identity provider knows the agent already."""
        known = exists().where(AgentIdentity.agent_id == agent_id, AgentIdentity.issuer == issuer)
        return bool(await self._session.scalar(select(known)))

    def add_identity(self, identity: AgentIdentity) -> None:
        """Write down as whom a provider knows an agent."""
        self._session.add(identity)

    async def names(self) -> Sequence[str]:
        """Return the logins that exist."""
        return (await self._session.scalars(select(Agent.login).order_by(Agent.login))).all()

    async def everybody(self) -> Sequence[Agent]:
        """Return all who work here, by name."""
        rows = select(Agent).where(Agent.left_at.is_(None)).order_by(Agent.name)
        return (await self._session.scalars(rows)).all()

    async def lock_admins(self) -> Sequence[UUID]:
        """Return who administers; nobody else changes that until the transaction ends."""
        rows = await self._session.scalars(
            select(Agent.id)
            .where(Agent.role == Role.admin, Agent.left_at.is_(None))
            .order_by(Agent.id)
            .with_for_update()
        )
        return rows.all()

    async def keep_hash(self, agent_id: UUID, password_hash: str) -> None:
        """Replace what is kept of the agent's password."""
        await self._session.execute(
            update(Agent).where(Agent.id == agent_id).values(password_hash=password_hash)
        )


class AgentSessionRepository:
    """Reads and writes logins that still hold."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    def add(self, agent_session: AgentSession) -> None:
        """Write down a login."""
        self._session.add(agent_session)

    async def find(
        self, secret_hashes: Collection[str], *, seen_after: datetime, begun_after: datetime
    ) -> list[tuple[AgentSession, Agent]]:
        """Return these logins and their agents, without those idle or open for too long."""
        rows = await self._session.execute(
            select(AgentSession, Agent)
            .join(Agent, Agent.id == AgentSession.agent_id)
            .where(
                AgentSession.secret_hash.in_(secret_hashes),
                Agent.left_at.is_(None),
                AgentSession.seen_at > seen_after,
                AgentSession.created_at > begun_after,
            )
        )
        return [(agent_session, agent) for agent_session, agent in rows]

    async def use(self, secret_hashes: Collection[str], at: datetime) -> None:
        """Note when logins were used."""
        used = update(AgentSession).where(AgentSession.secret_hash.in_(secret_hashes))
        await self._session.execute(used.values(seen_at=at), execution_options=_NOT_READ_AGAIN)

    async def holding(self, *, seen_after: datetime, begun_after: datetime) -> frozenset[str]:
        """Return the hashes of the secrets of all logins that still hold."""
        rows = await self._session.scalars(
            select(AgentSession.secret_hash)
            .join(Agent, Agent.id == AgentSession.agent_id)
            .where(
                Agent.left_at.is_(None),
                AgentSession.seen_at > seen_after,
                AgentSession.created_at > begun_after,
            )
        )
        return frozenset(rows)

    async def of(
        self, agent_id: UUID, *, seen_after: datetime, begun_after: datetime
    ) -> Sequence[AgentSession]:
        """Return an agent's logins that still hold, the one used last first."""
        rows = await self._session.scalars(
            select(AgentSession)
            .where(
                AgentSession.agent_id == agent_id,
                AgentSession.seen_at > seen_after,
                AgentSession.created_at > begun_after,
            )
            .order_by(AgentSession.seen_at.desc(), AgentSession.created_at.desc())
        )
        return rows.all()

    async def end(self, secret_hash: str) -> None:
        """End one login."""
        await self._delete(AgentSession.secret_hash == secret_hash)

    async def end_of(self, agent_id: UUID, login: UUID) -> bool:
        """End one login of an agent by its name; return whether there was one."""
        ended = await self._session.scalars(
            delete(AgentSession)
            .where(AgentSession.agent_id == agent_id, AgentSession.id == login)
            .returning(AgentSession.id)
        )
        return ended.first() is not None

    async def end_all_of(self, agent_id: UUID, *, but: str | None = None) -> None:
        """End every login of an agent, but the one of a secret's hash if one is named."""
        theirs = AgentSession.agent_id == agent_id
        await self._delete(theirs if but is None else theirs & (AgentSession.secret_hash != but))

    async def forget_begun_before(self, moment: datetime) -> None:
        """Drop the logins that ran out long ago."""
        await self._delete(AgentSession.created_at < moment)

    async def _delete(self, which: ColumnElement[bool]) -> None:
        await self._session.execute(delete(AgentSession).where(which))


class LoginAttemptRepository:
    """Counts failed logins, in the store so that a restart forgets none."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def lock(self) -> None:
        """Let one login at a time be counted, so that many at once do not slip through."""
        await self._session.execute(select(func.pg_advisory_xact_lock(_COUNTING)))

    def add(self, attempt: LoginAttempt) -> None:
        """Write down an attempt, before it is known how it ends."""
        self._session.add(attempt)

    async def of_login(self, login: str, *, since: datetime) -> int:
        """Return how often this login was tried."""
        return await self._count(LoginAttempt.login == login, since)

    async def of_address(self, address: str, *, since: datetime) -> int:
        """Return how often somebody tried from this address."""
        return await self._count(LoginAttempt.address == address, since)

    async def forget(self, login: str) -> None:
        """Drop the attempts of a login that succeeded."""
        await self._session.execute(delete(LoginAttempt).where(LoginAttempt.login == login))

    async def forget_older_than(self, age: timedelta, *, at: datetime) -> None:
        """Drop attempts that count no more."""
        await self._session.execute(delete(LoginAttempt).where(LoginAttempt.created_at < at - age))

    async def _count(self, which: ColumnElement[bool], since: datetime) -> int:
        counted = await self._session.scalar(
            select(func.count())
            .select_from(LoginAttempt)
            .where(which, LoginAttempt.created_at > since)
        )
        return counted or 0
