"""Agents for whom the shop's identity provider vouches: they show no password here."""

from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.agents.models import Agent, AgentIdentity
from crm_store.agents.repository import AgentRepository
from crm_store.agents.roles import Role
from crm_store.agents.service import Browser, open_session
from crm_store.agents.staff import give_role, hire
from crm_store.audit.repository import AuditRepository
from crm_store.errors import LastAdmin, NotAnAgent

UNUSABLE = "!"
"""In place of a password's hash: no password fits it."""


@dataclass(frozen=True, slots=True)
class Vouched:
    """Somebody as the provider knows them."""

    issuer: str
    subject: str
    """Theirs for ever, while addresses and names change."""
    email: str
    """Empty unless the provider has made sure of it."""
    name: str
    role: Role | None
    """What the provider says that they may do, where it says so."""


@dataclass(frozen=True, slots=True)
class Welcome:
    """Whom a shop lets in by its provider."""

    domains: Collection[str] = ()
    """Of e-mail addresses; none named are all."""
    new_agents: bool = False
    new_role: Role = Role.agent

    def require(self, email: str) -> None:
        """Refuse whoever has an address elsewhere, or none that is proved."""
        _, _, domain = email.rpartition("@")
        if not domain or (self.domains and domain not in self.domains):
            raise NotAnAgent


async def let_in(
    session: AsyncSession, vouched: Vouched, welcome: Welcome, browser: Browser, *, at: datetime
) -> str:
    """Return the secret of a new session, or raise NotAnAgent.

    Who was here before is known by the subject. The first time, an agent is known by the proved
    e-mail address, which is their login; where nobody is, one is made if the shop welcomes that.
    """
    welcome.require(vouched.email)
    agents = AgentRepository(session)
    agent = await agents.vouched_for(vouched.issuer, vouched.subject)
    if agent is None:
        agent = await _known_by_address(session, vouched) or await _new(session, vouched, welcome)
        agents.add_identity(
            AgentIdentity(issuer=vouched.issuer, subject=vouched.subject, agent_id=agent.id)
        )
    if agent.left_at is not None:
        raise NotAnAgent
    if vouched.role is not None:
        # A shop without an admin could not be mended by anybody at the desk.
        with suppress(LastAdmin):
            await give_role(session, agent, vouched.role, by=agent.id)
    await AuditRepository(session).record("login by provider", agent.id, at=at)
    return open_session(session, agent.id, browser, at)


async def _known_by_address(session: AsyncSession, vouched: Vouched) -> Agent | None:
    agents = AgentRepository(session)
    agent = await agents.find(vouched.email)
    if agent is not None and await agents.is_vouched_for(agent.id, vouched.issuer):
        # The address has gone on to somebody else; the account has not.
        raise NotAnAgent
    return agent


async def _new(session: AsyncSession, vouched: Vouched, welcome: Welcome) -> Agent:
    if not welcome.new_agents:
        raise NotAnAgent
    agent = Agent(
        id=uuid4(),
        login=vouched.email,
        name=vouched.name,
        role=vouched.role or welcome.new_role,
        password_hash=UNUSABLE,
    )
    await hire(session, agent, by=agent.id)
    return agent
