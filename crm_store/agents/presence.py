"""Whether a person would answer now."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.routing.duty_repository import DutyRepository
from crm_store.strategy.opening import is_open
from crm_store.strategy.policies import Shop
from crm_store.strategy.repository import PolicyRepository


async def somebody_there(session: AsyncSession, shop: Shop, *, at: datetime) -> bool:
    """Return whether the shop is open, or an agent sits at the desk though it is closed."""
    return is_open(shop, at) or await anybody_at_desk(session, at=at)


async def anybody_at_desk(session: AsyncSession, *, at: datetime) -> bool:
    """Return whether a page of some agent's is open, or was until just now."""
    routing = (await PolicyRepository(session).current()).routing
    return await DutyRepository(session).anybody(seen_after=at - routing.away_after)
