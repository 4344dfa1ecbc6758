"""Who works here: making agents, their passwords, their roles, and letting them go."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.agents.models import Agent
from crm_store.agents.passwords import Passwords, random_password
from crm_store.agents.repository import AgentRepository, AgentSessionRepository
from crm_store.agents.roles import Role
from crm_store.agents.second_factor import forget
from crm_store.agents.service import Credentials, LoggedIn, prove, tidy
from crm_store.audit.repository import CONSOLE, AuditRepository
from crm_store.base import Json, utc_now
from crm_store.db import SessionFactory
from crm_store.errors import LastAdmin, LoginTaken, UnknownAgent

DEMO_LOGIN = "demo"
DEMO_NAME = "Mia"


async def add_agent(
    sessions: SessionFactory,
    login: str,
    name: str,
    password: str,
    *,
    passwords: Passwords,
    role: Role = Role.agent,
) -> None:
    """Make an agent who can log in from now on; raise LoginTaken if there is one already."""
    kept = await passwords.hash(password)
    async with sessions.begin() as session:
        await hire(session, Agent(login=login, name=name, role=role, password_hash=kept))


async def hire(session: AsyncSession, agent: Agent, *, by: UUID | str = CONSOLE) -> None:
    """Write down a new agent whose password is hashed; raise LoginTaken for a second one."""
    agents, agent.login = AgentRepository(session), tidy(agent.login)
    if await agents.find(agent.login) is not None:
        raise LoginTaken(agent.login)
    agents.add(agent)
    await session.flush()
    await _on_record(session, "agent added", agent, by, {"role": agent.role})


async def change_password(
    sessions: SessionFactory, login: str, password: str, *, passwords: Passwords
) -> None:
    """Give an agent another password; whoever is logged in with the old one is out."""
    kept = await passwords.hash(password)
    async with _named(sessions, login) as (session, agent):
        await keep_password(session, agent, kept)


async def change_own_password(
    sessions: SessionFactory, who: LoggedIn, shown: Credentials, new: str, *, passwords: Passwords
) -> None:
    """Change the password of whoever shows the old one; their other logins end."""
    agent = await prove(sessions, shown, passwords=passwords, at=utc_now())
    kept = await passwords.hash(new)
    async with sessions.begin() as session:
        theirs = await AgentRepository(session).get(agent.id)
        await keep_password(session, theirs, kept, by=agent.id, but=who.secret_hash)


async def keep_password(
    session: AsyncSession,
    agent: Agent,
    kept: str,
    *,
    by: UUID | str = CONSOLE,
    but: str | None = None,
) -> None:
    """Keep the hash of a new password; the agent's logins end, all or all but one."""
    agent.password_hash = kept
    await AgentSessionRepository(session).end_all_of(agent.id, but=but)
    await _on_record(session, "password changed", agent, by)


async def change_role(sessions: SessionFactory, login: str, role: Role) -> None:
    """Give an agent another role; they log in anew."""
    async with _named(sessions, login) as (session, agent):
        await give_role(session, agent, role)


async def give_role(
    session: AsyncSession, agent: Agent, role: Role, *, by: UUID | str = CONSOLE
) -> None:
    """Give an agent another role, unless they are the last admin; they log in anew."""
    if agent.role is role:
        return
    await _spare_last_admin(session, agent)
    agent.role = role
    await AgentSessionRepository(session).end_all_of(agent.id)
    await _on_record(session, "role changed", agent, by, {"role": role})


async def let_go(session: AsyncSession, agent: Agent, *, by: UUID | str = CONSOLE) -> None:
    """Let an agent in no more, unless they are the last admin; what they did stays theirs."""
    if agent.left_at is not None:
        return
    await _spare_last_admin(session, agent)
    agent.left_at = utc_now()
    await AgentSessionRepository(session).end_all_of(agent.id)
    await _on_record(session, "agent left", agent, by)


async def take_on_again(session: AsyncSession, agent: Agent, *, by: UUID | str = CONSOLE) -> None:
    """Let an agent in again."""
    agent.left_at = None
    await _on_record(session, "agent back", agent, by)


async def dismiss(sessions: SessionFactory, login: str) -> None:
    """Let the agent of a login in no more."""
    async with _named(sessions, login) as (session, agent):
        await let_go(session, agent)


async def log_out_everywhere(sessions: SessionFactory, login: str) -> None:
    """End every login of an agent."""
    async with _named(sessions, login) as (session, agent):
        await AgentSessionRepository(session).end_all_of(agent.id)
        await _on_record(session, "logged out", agent, CONSOLE)


async def forget_second_factor(sessions: SessionFactory, login: str) -> None:
    """Demand no code of an agent any more who has lost what makes them."""
    async with _named(sessions, login) as (session, agent):
        await forget(session, agent)


async def ensure_demo_agent(sessions: SessionFactory) -> tuple[str, str | None]:
    """Return the demo agent's login, and the password if the agent was made just now."""
    password = random_password()
    try:
        await add_agent(
            sessions, DEMO_LOGIN, DEMO_NAME, password, passwords=Passwords(), role=Role.admin
        )
    except LoginTaken:
        return DEMO_LOGIN, None
    return DEMO_LOGIN, password


@asynccontextmanager
async def _named(sessions: SessionFactory, login: str) -> AsyncIterator[tuple[AsyncSession, Agent]]:
    async with sessions.begin() as session:
        agent = await AgentRepository(session).find(tidy(login))
        if agent is None:
            raise UnknownAgent(tidy(login))
        yield session, agent


async def _spare_last_admin(session: AsyncSession, agent: Agent) -> None:
    if list(await AgentRepository(session).lock_admins()) == [agent.id]:
        raise LastAdmin(agent.login)


async def _on_record(
    session: AsyncSession, deed: str, agent: Agent, by: UUID | str, facts: Json | None = None
) -> None:
    about = {"agent": str(agent.id), **(facts or {})}
    await AuditRepository(session).record(deed, by, facts=about)
