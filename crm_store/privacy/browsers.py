"""Browsers that looked at pages: what was looked at stays, which of them it was does not."""

from datetime import datetime, timedelta

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.insight.models import Event
from crm_store.strategy.repository import PolicyRepository
from crm_store.suggestions.models import Suggestion


async def forget_browsers(session: AsyncSession, *, at: datetime) -> None:
    """Forget which browser it was, of all that is older than the shop's policy allows."""
    policies = await PolicyRepository(session).current()
    before = at - timedelta(days=policies.privacy.browser_days)
    for kind, moment in ((Event, Event.at), (Suggestion, Suggestion.created_at)):
        old = update(kind).where(kind.visitor.is_not(None), moment < before)
        await session.execute(old.values(visitor=None))
