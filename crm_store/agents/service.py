"""Letting agents in and out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.agents.models import Agent, AgentSession, LoginAttempt
from crm_store.agents.passwords import Passwords
from crm_store.agents.repository import (
    AgentRepository,
    AgentSessionRepository,
    LoginAttemptRepository,
)
from crm_store.agents.second_factor import demand
from crm_store.audit.repository import AuditRepository
from crm_store.db import SessionFactory
from crm_store.errors import LoginRefused
from crm_store.sealing import Seal

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
WINDOW = timedelta(minutes=15)
TRIES_PER_LOGIN = 5
TRIES_PER_ADDRESS = 20
SEEN_EVERY = timedelta(minutes=1)
"""A login's last use is written down no more often than this."""
LONGEST_BROWSER = 200


@dataclass(frozen=True, slots=True)
class Browser:
    """Where somebody logs in."""

    address: str
    name: str = ""
    """What it calls itself."""


@dataclass(frozen=True, slots=True)
class Credentials:
    """What somebody who wants in has shown, and from where."""

    login: str
    password: str
    address: str
    browser: str = ""
    code: str = ""
    """Of the second factor, for whoever has one."""


@dataclass(frozen=True, slots=True)
class LoggedIn:
    """An agent whose login holds."""

    agent: Agent
    csrf: str
    secret_hash: str


def tidy(login: str) -> str:
    """Return a login as it is kept: capitals and blanks around it make no other agent."""
    return login.strip().casefold()


async def log_in(
    sessions: SessionFactory,
    shown: Credentials,
    *,
    passwords: Passwords,
    at: datetime,
    seal: Seal | None = None,
) -> str:
    """Return the secret of a new session, or raise LoginRefused without saying why.

    SecondFactorNeeded is raised for the right password of whoever shows a code beside it.
    """
    agent = await prove(sessions, shown, passwords=passwords, at=at)
    rehashed = None
    if passwords.outdated(agent.password_hash):
        rehashed = await passwords.hash(shown.password)
    async with sessions.begin() as session:
        await demand(session, agent, shown.code, seal, at=at)
        if rehashed is not None:
            await AgentRepository(session).keep_hash(agent.id, rehashed)
        await _tidy_up(session, agent.login, at)
        await AuditRepository(session).record("login", agent.id, at=at)
        return open_session(session, agent.id, Browser(shown.address, shown.browser), at)


async def prove(
    sessions: SessionFactory, shown: Credentials, *, passwords: Passwords, at: datetime
) -> Agent:
    """Return whose password was shown, or raise LoginRefused; each try counts."""
    agent = await counted(sessions, shown, at)
    right = await passwords.fits(shown.password, None if agent is None else agent.password_hash)
    if agent is None or not right:
        await _note_refusal(sessions, agent, at)
        raise LoginRefused
    return agent


def open_session(session: AsyncSession, agent_id: UUID, browser: Browser, at: datetime) -> str:
    """Return the secret of a new session."""
    secret = token_urlsafe(32)
    AgentSessionRepository(session).add(
        AgentSession(
            secret_hash=hash_of(secret),
            agent_id=agent_id,
            csrf=token_urlsafe(32),
            address=browser.address,
            browser=browser.name[:LONGEST_BROWSER],
            created_at=at,
            seen_at=at,
        )
    )
    return secret


async def log_out(session: AsyncSession, secret: str) -> None:
    """End the session that a browser has the secret of."""
    await AgentSessionRepository(session).end(hash_of(secret))


async def logged_in(session: AsyncSession, secret: str, *, at: datetime) -> LoggedIn | None:
    """Return who this session's agent is, and let an idle time begin anew."""
    return (await all_logged_in(session, [secret], at=at))[0]


async def all_logged_in(
    session: AsyncSession, secrets: Sequence[str], *, at: datetime
) -> list[LoggedIn | None]:
    """Return for each of these sessions who its agent is, and let their idle time begin anew."""
    hashes = [hash_of(secret) for secret in secrets]
    store = AgentSessionRepository(session)
    found = await store.find(set(hashes), seen_after=at - IDLE, begun_after=at - LONGEST)
    holding = {
        login.secret_hash: LoggedIn(agent, login.csrf, login.secret_hash) for login, agent in found
    }
    unnoted = {login.secret_hash for login, _ in found if at - login.seen_at > SEEN_EVERY}
    if unnoted:
        await store.use(unnoted, at)
    return [holding.get(secret_hash) for secret_hash in hashes]


async def still_logged_in(session: AsyncSession, *, at: datetime) -> frozenset[str]:
    """Return the hashes of the secrets whose sessions hold, without counting this as use."""
    return await AgentSessionRepository(session).holding(
        seen_after=at - IDLE, begun_after=at - LONGEST
    )


def hash_of(secret: str) -> str:
    """Return what the store keeps of a session's secret."""
    return sha256(secret.encode()).hexdigest()


async def counted(sessions: SessionFactory, shown: Credentials, at: datetime) -> Agent | None:
    """Count the attempt before it is checked: guesses made at once are counted as well."""
    login, since = tidy(shown.login), at - WINDOW
    async with sessions.begin() as session:
        attempts = LoginAttemptRepository(session)
        await attempts.lock()
        tried = await attempts.of_login(login, since=since)
        from_there = await attempts.of_address(shown.address, since=since)
        if tried >= TRIES_PER_LOGIN or from_there >= TRIES_PER_ADDRESS:
            raise LoginRefused
        attempts.add(LoginAttempt(login=login, address=shown.address, created_at=at))
        return await AgentRepository(session).at_work(login)


async def _note_refusal(sessions: SessionFactory, agent: Agent | None, at: datetime) -> None:
    """Put on record that somebody tried to be an agent; of a login that is nobody's, nothing.

    It could be a password that went into the wrong box.
    """
    if agent is None:
        return
    async with sessions.begin() as session:
        await AuditRepository(session).record("login refused", agent.id, at=at)


async def _tidy_up(session: AsyncSession, login: str, at: datetime) -> None:
    attempts = LoginAttemptRepository(session)
    await attempts.forget(login)
    await attempts.forget_older_than(WINDOW, at=at)
    await AgentSessionRepository(session).forget_begun_before(at - LONGEST)
