"""Every query of how the relationship with a customer stands, for the desk."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.agents.models import Agent
from crm_store.conversations.models import Conversation
from crm_store.orders.models import Order, OrderState
from crm_store.returns.models import Return, ReturnState


@dataclass(frozen=True, slots=True)
class Worth:
    """What a customer has bought and sent back, and how often they were in touch."""

    orders: int
    """Those that were not cancelled."""
    spent: Decimal
    last_order: datetime | None
    sent_back: Decimal
    contacts: int
    """Before this one."""
    last_contact: datetime | None


class WorthRepository:
    """Adds up a customer's relationship, for the agent who looks."""

    def __init__(self, session: AsyncSession, _: Agent) -> None:
        self._session = session

    async def of(self, customer_id: UUID, *, without: UUID) -> Worth:
        """Return how it stands, the present conversation not counted."""
        ordered = (
            await self._session.execute(
                select(
                    func.count(),
                    func.coalesce(func.sum(Order.total), 0),
                    func.max(Order.placed_at),
                ).where(Order.customer_id == customer_id, Order.state != OrderState.cancelled)
            )
        ).one()
        back = await self._session.scalar(
            select(func.coalesce(func.sum(Return.refund_amount), 0)).where(
                Return.customer_id == customer_id, Return.state != ReturnState.rejected
            )
        )
        talked = (
            await self._session.execute(
                select(func.count(), func.max(Conversation.created_at)).where(
                    Conversation.customer_id == customer_id, Conversation.id != without
                )
            )
        ).one()
        return Worth(*ordered, Decimal(back or 0), *talked)
