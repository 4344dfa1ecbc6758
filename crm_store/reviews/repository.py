"""Every query on reviews."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.conversations.models import Conversation
from crm_store.customers.models import Level
from crm_store.errors import NotBought
from crm_store.orders.models import Order, OrderLine, OrderState
from crm_store.reviews.models import Review


class ReviewRepository:
    """Takes verdicts in; others read them once somebody of the shop has released them."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def of_shop(
        self, conversation: Conversation, *, rating: int, text: str, at: datetime
    ) -> Review:
        """Keep a verdict on the shop; anybody may give one, a known customer has one."""
        proved = conversation.current_level(at) >= Level.verified
        owner = conversation.customer_id if proved else None
        before = await self._before(owner, None) if owner else None
        return self._written(conversation, before, owner, None, rating, text)

    async def of_product(
        self, conversation: Conversation, sku: str, *, rating: int, text: str, at: datetime
    ) -> Review:
        """Keep the verified customer's verdict on what they bought, or raise NotBought."""
        owner = conversation.verified_customer(at)
        bought = await self.bought(conversation, at=at)
        product_id = next((line.product_id for line in bought if line.sku == sku), None)
        if product_id is None:
            raise NotBought(f"conversation {conversation.id}")
        before = await self._before(owner, product_id)
        return self._written(conversation, before, owner, product_id, rating, text)

    async def bought(self, conversation: Conversation, *, at: datetime) -> Sequence[OrderLine]:
        """Return what the verified customer has received, newest first, each product once."""
        rows = await self._session.scalars(
            select(OrderLine)
            .join(Order, Order.id == OrderLine.order_id)
            .where(
                Order.customer_id == conversation.verified_customer(at),
                Order.state == OrderState.delivered,
                OrderLine.product_id.is_not(None),
            )
            .order_by(Order.placed_at.desc(), OrderLine.position)
        )
        once: dict[str, OrderLine] = {}
        for line in rows:
            once.setdefault(line.sku, line)
        return list(once.values())

    async def _before(self, customer_id: UUID, product_id: UUID | None) -> Review | None:
        found: Review | None = await self._session.scalar(
            select(Review).where(
                Review.customer_id == customer_id,
                Review.product_id.is_not_distinct_from(product_id),
            )
        )
        return found

    def _written(
        self,
        conversation: Conversation,
        before: Review | None,
        customer_id: UUID | None,
        product_id: UUID | None,
        rating: int,
        text: str,
    ) -> Review:
        if before is not None:
            before.rewrite(rating, text, conversation.language)
            return before
        review = Review(
            conversation_id=conversation.id,
            customer_id=customer_id,
            product_id=product_id,
            rating=rating,
            text=text,
            language=conversation.language,
        )
        self._session.add(review)
        return review
