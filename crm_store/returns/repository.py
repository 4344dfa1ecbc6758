"""Every query on returns and refunds; a customer's own need a proof of who they are."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from crm_store.catalogue.models import Product
from crm_store.conversations.models import Conversation
from crm_store.orders.models import Order
from crm_store.returns.models import NUMBERS, Refund, Return
from crm_store.returns.terms import Terms
from crm_store.strategy.repository import PolicyRepository


class ReturnRepository:
    """A conversation's own returns. Whatever tells of a customer's demands that they are proved."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def of(
        self, conversation: Conversation, *, at: datetime, most: int = 20
    ) -> Sequence[Return]:
        """Return the customer's returns, newest first."""
        owned = select(Return).where(Return.customer_id == conversation.verified_customer(at))
        rows = await self._session.scalars(
            owned.options(selectinload(Return.lines)).order_by(Return.created_at.desc()).limit(most)
        )
        return rows.all()

    async def of_order(
        self, conversation: Conversation, order: Order, *, at: datetime
    ) -> Sequence[Return]:
        """Return what has gone back, or is about to, of the customer's own order."""
        rows = await self._session.scalars(
            select(Return)
            .where(
                Return.customer_id == conversation.verified_customer(at),
                Return.order_id == order.id,
            )
            .options(selectinload(Return.lines))
        )
        return rows.all()

    async def terms(self, order: Order) -> Terms:
        """Return the shop's rules for returns as they are now, for the items of an order."""
        rows = await self._session.execute(
            select(Product.sku, Product.kind).where(
                Product.sku.in_([line.sku for line in order.lines])
            )
        )
        policies = await PolicyRepository(self._session).current()
        return Terms(policies, {row.sku: str(row.kind) for row in rows})

    async def add(self, announced: Return) -> None:
        """Give a return its number and keep it."""
        number = await self._session.scalar(NUMBERS.next_value())
        announced.number = f"RT-{number}"
        self._session.add(announced)
        await self._session.flush()


class RefundRepository:
    """The money that a conversation's own customer gets back."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def of(
        self, conversation: Conversation, *, at: datetime, most: int = 20
    ) -> Sequence[Refund]:
        """Return the customer's refunds, newest first, or raise LevelTooLow."""
        rows = await self._session.scalars(
            select(Refund)
            .where(Refund.customer_id == conversation.verified_customer(at))
            .order_by(Refund.created_at.desc())
            .limit(most)
        )
        return rows.all()

    def add(self, refund: Refund) -> None:
        """Write down that money is owed."""
        self._session.add(refund)
