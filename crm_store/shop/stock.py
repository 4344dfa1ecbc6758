"""Brings pieces back into the shop's stock."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.catalogue.repository import CatalogueRepository
from crm_store.errors import ProductNotFound
from crm_store.shop.watching import announce_back_in_stock


async def put_back(session: AsyncSession, pieces: Mapping[str, int], *, at: datetime) -> None:
    """Add pieces to the stock by sku, and tell who waits for what there was none of.

    What the shop sells no longer stays away.
    """
    store = CatalogueRepository(session)
    # In one order for everybody: two who hold the same products do not wait for each other.
    for sku in sorted(pieces):
        try:
            product = await store.held(sku)
        except ProductNotFound:
            continue
        was_there = product.stock > 0
        product.stock += pieces[sku]
        if not was_there:
            await announce_back_in_stock(session, product.id, at=at)
