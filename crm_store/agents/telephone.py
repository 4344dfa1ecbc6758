"""Where agents are rung."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.agents.models import Agent
from crm_store.agents.repository import AgentRepository
from crm_store.agents.service import tidy
from crm_store.base import Language
from crm_store.callbacks.numbers import callable_number
from crm_store.db import SessionFactory
from crm_store.errors import UnknownAgent


async def change_profile(
    session: AsyncSession, agent_id: UUID, *, phone: str, language: Language | None, region: str
) -> Agent:
    """Note an agent's number and language, or raise NumberNotCallable; no number is one too."""
    agent = await session.get_one(Agent, agent_id)
    agent.phone = callable_number(phone, region=region) if phone else None
    agent.language = language
    return agent


async def ring_at(sessions: SessionFactory, login: str, phone: str, *, region: str) -> None:
    """Note an agent's number, or raise UnknownAgent or NumberNotCallable."""
    async with sessions.begin() as session:
        agent = await AgentRepository(session).find(tidy(login))
        if agent is None:
            raise UnknownAgent(tidy(login))
        agent.phone = callable_number(phone, region=region) if phone else None
