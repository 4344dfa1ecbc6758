"""Tells those who wait for a product that it is back."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.shop.repository import WatchRepository


async def announce_back_in_stock(session: AsyncSession, product_id: UUID, *, at: datetime) -> int:
    """Write to everybody who waits for a product, and return how many that were.

    For whoever brings stock back to a product that had none, in that same transaction.
    """
    store = WatchRepository(session)
    waiting = await store.waiting_for(product_id)
    for watch in waiting:
        store.send(watch, at=at)
        watch.serve(at)
    return len(waiting)
