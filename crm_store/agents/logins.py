"""An agent's open logins: seen by themself, and ended where one is not theirs."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.agents.models import AgentSession
from crm_store.agents.repository import AgentSessionRepository
from crm_store.agents.service import IDLE, LONGEST, LoggedIn
from crm_store.errors import UnknownLogin


async def open_logins(
    session: AsyncSession, agent_id: UUID, *, at: datetime
) -> Sequence[AgentSession]:
    """Return the logins of an agent that hold, the one used last first."""
    return await AgentSessionRepository(session).of(
        agent_id, seen_after=at - IDLE, begun_after=at - LONGEST
    )


async def end_login(session: AsyncSession, who: LoggedIn, login: UUID) -> None:
    """End one of somebody's own logins, or raise UnknownLogin."""
    if not await AgentSessionRepository(session).end_of(who.agent.id, login):
        raise UnknownLogin(str(login))


async def end_other_logins(session: AsyncSession, who: LoggedIn) -> None:
    """End all of somebody's logins but the one that asks."""
    await AgentSessionRepository(session).end_all_of(who.agent.id, but=who.secret_hash)
