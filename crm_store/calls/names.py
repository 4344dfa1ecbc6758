"""Names that callers are likely to say, for whoever has to recognise their speech."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.catalogue.models import Product
from crm_store.orders.models import Order, OrderLine

MOST_BOUGHT = 60
MOST_OF_CUSTOMER = 20


class NameRepository:
    """Reads names, in the session it is given."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def most_bought(self) -> Sequence[str]:
        """Return whose works are bought most, the first before all others."""
        rows = await self._session.scalars(
            select(Product.creator)
            .join(OrderLine, OrderLine.product_id == Product.id)
            .where(Product.creator.is_not(None))
            .group_by(Product.creator)
            .order_by(func.count().desc(), Product.creator)
            .limit(MOST_BOUGHT)
        )
        return [name for name in rows if name]

    async def of_customer(self, customer_id: UUID) -> Sequence[str]:
        """Return the numbers of a customer's latest orders, and what was in them."""
        rows = await self._session.execute(
            select(Order.number, OrderLine.title)
            .join(OrderLine, OrderLine.order_id == Order.id)
            .where(Order.customer_id == customer_id)
            .order_by(Order.placed_at.desc(), OrderLine.position)
            .limit(MOST_OF_CUSTOMER)
        )
        return list(dict.fromkeys(name for row in rows for name in row))
