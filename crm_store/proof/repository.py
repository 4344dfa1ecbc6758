"""Every query on what was shown, what was bought, and by whom."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.conversations.models import Conversation
from crm_store.customers.models import Level
from crm_store.orders.models import Order, OrderState
from crm_store.suggestions.models import Suggestion

PROVED = (Level.verified, Level.strong)


class ShowingRepository:
    """Finds what was shown to customers.

    For the shop itself, not for a conversation: no customer's proof is asked for.
    """

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def shown(
        self,
        *,
        customers: Collection[UUID],
        products: Collection[UUID],
        since: datetime,
        orders: Collection[UUID],
    ) -> list[tuple[UUID, Suggestion]]:
        """Return who was shown which of the products, held so that none is bought twice.

        Those are among them that were bought with one of the orders, however old they are.
        """
        here = and_(Conversation.id == Suggestion.conversation_id, Conversation.level.in_(PROVED))
        shown_to = func.coalesce(Suggestion.customer_id, Conversation.customer_id)
        rows = await self._session.execute(
            select(shown_to, Suggestion)
            .outerjoin(Conversation, here)
            .where(
                shown_to.in_(customers),
                Suggestion.product_id.in_(products),
                or_(Suggestion.created_at >= since, Suggestion.order_id.in_(orders)),
            )
            .order_by(Suggestion.id)
            .with_for_update(of=Suggestion)
            # What another transaction has changed meanwhile is seen as it is now.
            .execution_options(populate_existing=True)
        )
        return [(row[0], row[1]) for row in rows]

    async def in_state(self, orders: Collection[UUID], states: Collection[OrderState]) -> set[UUID]:
        """Return those of the orders that are in one of the states."""
        rows = await self._session.scalars(
            select(Order.id).where(Order.id.in_(orders), Order.state.in_(states))
        )
        return set(rows)
