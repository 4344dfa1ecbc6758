"""Every query on what customers and orders are worth to the shop."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.orders.models import Order, OrderState

_SENT_BACK = (OrderState.cancelled, OrderState.returned)


class ValueRepository:
    """Sums up orders, for the shop's own eyes: what it tells must not be said to customers."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def kept(self, customer_id: UUID, *, since: datetime) -> Decimal:
        """Return for how much a customer has bought since a moment and not sent back."""
        total = await self._session.scalar(
            select(func.sum(Order.total)).where(
                Order.customer_id == customer_id,
                Order.placed_at >= since,
                Order.state.not_in(_SENT_BACK),
            )
        )
        return total or Decimal(0)

    async def of_order(self, customer_id: UUID, number: str) -> Decimal:
        """Return the total of one of the customer's orders; nothing for anybody else's."""
        total: Decimal | None = await self._session.scalar(
            select(Order.total).where(Order.customer_id == customer_id, Order.number == number)
        )
        return total or Decimal(0)
