"""Suggestions as a channel gets them."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.catalogue.encoders import Encoder
from crm_store.suggestions.service import Offer, Suggester, Wish
from tests.encoders import HashingEncoder


async def suggested(
    session: AsyncSession,
    wish: Wish,
    *,
    at: datetime,
    most: int = 3,
    encoder: Encoder | None = None,
) -> list[Offer]:
    """Return what is suggested for a wish, and put it on record as shown."""
    suggester = Suggester(encoder or HashingEncoder())
    return await suggester.suggest(session, await suggester.understand(wish), most=most, at=at)
