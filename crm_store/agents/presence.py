"""Whether a person would answer now."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.agents.repository import AgentSessionRepository
from crm_store.agents.service import IDLE
from crm_store.strategy.opening import is_open
from crm_store.strategy.policies import Shop


async def somebody_there(session: AsyncSession, shop: Shop, *, at: datetime) -> bool:
    """Return whether the shop is open, or an agent sits at the desk though it is closed."""
    return is_open(shop, at) or await AgentSessionRepository(session).anybody(seen_after=at - IDLE)
