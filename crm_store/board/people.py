"""Who is at the desk at this moment, and what they are doing."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.conversations.models import Conversation, Handler
from crm_store.routing.duty_repository import DutyRepository
from crm_store.routing.models import Standing
from crm_store.strategy.repository import PolicyRepository


@dataclass(frozen=True, slots=True)
class AtDesk:
    """Somebody at the desk."""

    name: str
    standing: Standing
    conversations: int


async def people_at_desk(session: AsyncSession, *, at: datetime) -> Sequence[AtDesk]:
    """Return everybody whose page is open or who still has a customer, by name."""
    away_after = (await PolicyRepository(session).current()).routing.away_after
    have = await _conversations(session)
    found = [
        AtDesk(agent.name, duty.standing(at, away_after), have[agent.id])
        for agent, duty in await DutyRepository(session).everybody()
        if duty is not None
    ]
    return [one for one in found if one.standing is not Standing.gone or one.conversations]


async def _conversations(session: AsyncSession) -> Counter[UUID]:
    rows = await session.execute(
        select(Conversation.agent_id, func.count())
        .where(Conversation.handler == Handler.agent)
        .group_by(Conversation.agent_id)
    )
    return Counter({agent: count for agent, count in rows if agent is not None})
