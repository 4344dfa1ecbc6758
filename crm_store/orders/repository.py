"""Every query on orders; a customer's own orders need a proof of who they are."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from crm_store.conversations.models import Conversation
from crm_store.customers.claims import spellings
from crm_store.errors import OrderNotFound
from crm_store.orders.models import Order, OrderState

_OPEN = (OrderState.placed, OrderState.shipped)


class OrderRepository:
    """A conversation's own orders. Every method raises LevelTooLow for an unproved customer."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def of(
        self,
        conversation: Conversation,
        *,
        at: datetime,
        most: int = 20,
        since: date | None = None,
        until: date | None = None,
    ) -> Sequence[Order]:
        """Return the customer's orders, newest first; of some days, both included, if asked."""
        owned = _owned_by(conversation.verified_customer(at))
        if since is not None:
            owned = owned.where(Order.placed_at >= datetime.combine(since, time(), UTC))
        if until is not None:
            after = until + timedelta(days=1)
            owned = owned.where(Order.placed_at < datetime.combine(after, time(), UTC))
        return (await self._session.scalars(owned.limit(most))).all()

    async def open_of(self, conversation: Conversation, *, at: datetime) -> Sequence[Order]:
        """Return the orders that have not arrived, newest first."""
        owned = _owned_by(conversation.verified_customer(at))
        return (await self._session.scalars(owned.where(Order.state.in_(_OPEN)))).all()

    async def latest_of(self, conversation: Conversation, *, at: datetime) -> Order | None:
        """Return the newest order, if there is one."""
        orders = await self.of(conversation, at=at, most=1)
        return orders[0] if orders else None

    async def find(self, conversation: Conversation, *, at: datetime, number: str) -> Order:
        """Return the customer's order by its number, or raise OrderNotFound.

        Somebody else's order is not found either.
        """
        return await self._one(_numbered(conversation.verified_customer(at), number), number)

    async def cancel(self, conversation: Conversation, *, at: datetime, number: str) -> Order:
        """Cancel the customer's order, or raise OrderNotFound or OrderNotCancellable."""
        order = await self.to_change(conversation, at=at, number=number)
        order.cancel(at)
        return order

    async def to_change(self, conversation: Conversation, *, at: datetime, number: str) -> Order:
        """Return the customer's order held for a change, or raise OrderNotFound."""
        wanted = _numbered(conversation.verified_customer(at), number)
        return await self._one(wanted.with_for_update(of=Order), number)

    async def _one(self, wanted: Select[Order], number: str) -> Order:
        order: Order | None = await self._session.scalar(wanted.limit(1))
        if order is None:
            raise OrderNotFound(number)
        return order


def _owned_by(customer_id: UUID) -> Select[Order]:
    return (
        select(Order)
        .where(Order.customer_id == customer_id)
        .options(selectinload(Order.lines))
        .order_by(Order.placed_at.desc())
    )


def _numbered(customer_id: UUID, number: str) -> Select[Order]:
    return _owned_by(customer_id).where(Order.number.in_(spellings(number)))
