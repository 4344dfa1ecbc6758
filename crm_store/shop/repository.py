"""Every query on those who wait for products, and on the numbers of new orders."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.base import utc_now
from crm_store.catalogue.models import Product
from crm_store.conversations.models import Conversation
from crm_store.customers.contacts import Contact
from crm_store.customers.models import ContactPoint
from crm_store.orders.models import Order
from crm_store.outbox.models import OutboxMessage
from crm_store.shop.models import ORDER_NUMBERS, StockWatch


class WatchRepository:
    """Keeps who waits for which product."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def watch(
        self,
        conversation: Conversation,
        product: Product,
        contact: Contact | ContactPoint,
        text: str,
    ) -> None:
        """Note whom to tell, with which words, when the product is back; once however often asked.

        A contact on file belongs to its customer, any other to the conversation alone.
        """
        adding = insert(StockWatch).values(
            product_id=product.id,
            customer_id=contact.customer_id if isinstance(contact, ContactPoint) else None,
            conversation_id=conversation.id,
            kind=contact.kind,
            address=contact.value,
            language=conversation.language,
            text=text,
            created_at=utc_now(),
        )
        await self._session.execute(
            adding.on_conflict_do_nothing(
                index_elements=["product_id", "kind", "address"],
                index_where=StockWatch.notified_at.is_(None),
            )
        )

    async def waiting_for(self, product_id: UUID) -> Sequence[StockWatch]:
        """Return who waits for a product, held so that nobody is told twice."""
        rows = await self._session.scalars(
            select(StockWatch)
            .where(StockWatch.product_id == product_id, StockWatch.notified_at.is_(None))
            .with_for_update(skip_locked=True)
        )
        return rows.all()

    def send(self, watch: StockWatch, *, at: datetime) -> None:
        """Have the message of a watch sent, once this transaction is committed."""
        self._session.add(
            OutboxMessage(
                customer_id=watch.customer_id,
                conversation_id=watch.conversation_id,
                kind=watch.kind,
                address=watch.address,
                language=watch.language,
                text=watch.text,
                not_before=at,
            )
        )


class OrderNumbers:
    """Gives new orders their numbers."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def next(self) -> str:
        """Return the next number that no order has, imported ones included."""
        while True:
            number = f"A-{await self._session.scalar(ORDER_NUMBERS.next_value())}"
            if await self._session.scalar(select(Order.id).where(Order.number == number)) is None:
                return number
