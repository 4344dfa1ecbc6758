"""What agents say of themselves, and what a conversation that ends means for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.agents.repository import AgentRepository
from crm_store.agents.service import tidy
from crm_store.base import Language
from crm_store.db import SessionFactory
from crm_store.errors import NoSuchDepartment, UnknownAgent
from crm_store.routing.duty_repository import DutyRepository
from crm_store.routing.models import Duty, Status
from crm_store.strategy.repository import PolicyRepository


@dataclass(frozen=True, slots=True)
class TakesOn:
    """What an agent takes on; nothing named is everything, and as many as the policy says."""

    skills: Sequence[str] = ()
    languages: Sequence[Language] = ()
    chats: int | None = None
    calls: int | None = None


async def choose_status(
    session: AsyncSession, agent_id: UUID, status: Status, *, at: datetime
) -> Duty:
    """Take or leave customers from now on."""
    duty = await DutyRepository(session).for_writing(agent_id)
    duty.choose(status, at)
    return duty


async def begin_wrap_up(session: AsyncSession, agent_id: UUID, *, at: datetime) -> None:
    """Leave an agent in peace after a conversation, for as long as the policy says."""
    policy = (await PolicyRepository(session).current()).routing
    duty = await DutyRepository(session).for_writing(agent_id)
    duty.wrap_up(at + timedelta(seconds=policy.wrap_up_seconds))


async def take_on(sessions: SessionFactory, login: str, takes: TakesOn) -> None:
    """Note what an agent takes on, or raise UnknownAgent or NoSuchDepartment."""
    async with sessions.begin() as session:
        agent = await AgentRepository(session).find(tidy(login))
        if agent is None:
            raise UnknownAgent(tidy(login))
        known = (await PolicyRepository(session).current()).departments.keys
        for skill in takes.skills:
            if skill not in known:
                raise NoSuchDepartment(skill)
        duty = await DutyRepository(session).for_writing(agent.id)
        duty.skills, duty.languages = list(takes.skills), list(takes.languages)
        duty.chats, duty.calls = takes.chats, takes.calls
