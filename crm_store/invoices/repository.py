"""Every query on invoices; a customer's own invoices need a proof of who they are."""

from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.conversations.models import Conversation
from crm_store.customers.claims import spellings
from crm_store.errors import InvoiceNotFound
from crm_store.invoices.models import Invoice
from crm_store.orders.models import Order


class InvoiceRepository:
    """A conversation's own invoices. Every method raises LevelTooLow for an unproved customer."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def of_order(self, conversation: Conversation, *, at: datetime, number: str) -> Invoice:
        """Return the invoice of the customer's order, or raise InvoiceNotFound."""
        return await self._one(
            _owned(conversation, at).where(Order.number.in_(spellings(number))), number
        )

    async def find(self, conversation: Conversation, *, at: datetime, number: str) -> Invoice:
        """Return the customer's invoice by its own number, or raise InvoiceNotFound."""
        return await self._one(
            _owned(conversation, at).where(Invoice.number.in_(spellings(number))), number
        )

    async def _one(self, wanted: Select[Invoice], number: str) -> Invoice:
        found: Invoice | None = await self._session.scalar(wanted.limit(1))
        if found is None:
            raise InvoiceNotFound(number)
        return found


def _owned(conversation: Conversation, at: datetime) -> Select[Invoice]:
    customer_id = conversation.verified_customer(at)
    return (
        select(Invoice)
        .join(Order, Invoice.order_id == Order.id)
        .where(Order.customer_id == customer_id)
    )
