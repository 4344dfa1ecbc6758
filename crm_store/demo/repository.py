"""Every query of the demo's own pages: the invented people whom a visitor may play."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from crm_store.customers.models import Customer
from crm_store.orders.models import Order


class DemoRepository:
    """Reads the people of the demo shop in the session it is given; never real customers."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def people(self, numbers: Iterable[str]) -> Sequence[Customer]:
        """Return those of the invented customers who are in the store, with their contacts."""
        rows = await self._session.scalars(
            select(Customer)
            .where(Customer.number.in_(list(numbers)))
            .options(selectinload(Customer.contacts))
            .order_by(Customer.number)
        )
        return rows.all()

    async def orders(self, people: Iterable[Customer]) -> Sequence[Order]:
        """Return what they ordered, the newest first."""
        rows = await self._session.scalars(
            select(Order)
            .where(Order.customer_id.in_([person.id for person in people]))
            .order_by(Order.placed_at.desc())
        )
        return rows.all()
