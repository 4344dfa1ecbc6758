"""What a shop's own system must be able to do for a customer to buy in a conversation."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Protocol
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.conversations.models import Conversation
from crm_store.customers.addresses import PostalAddress
from crm_store.orders.models import Order


@dataclass(frozen=True, slots=True)
class Basket:
    """What a customer wants to buy, and how it is to come and be paid."""

    sku: str
    quantity: int
    delivery: str
    """The key of one of the shop's ways of delivery."""
    payment: str
    """One of the shop's ways of paying."""
    address: PostalAddress | None = None
    """Where it is to go, if not to the address on file."""


@dataclass(frozen=True, slots=True)
class Quote:
    """What a basket costs, and by when it comes."""

    goods: Decimal
    delivery_cost: Decimal
    currency: str
    arrives_on: date

    @property
    def total(self) -> Decimal:
        """All that is to be paid."""
        return self.goods + self.delivery_cost


class Shop(Protocol):
    """Quotes and places orders.

    The session is that of the turn: a shop whose own system is elsewhere leaves it alone.
    """

    async def quote(self, session: AsyncSession, basket: Basket, *, at: datetime) -> Quote:
        """Return what a basket costs now; raise NotInStock where there are fewer pieces."""
        ...

    async def place(
        self,
        session: AsyncSession,
        conversation: Conversation,
        basket: Basket,
        *,
        at: datetime,
        cause: UUID,
    ) -> Order:
        """Order a basket for the verified customer, to their address on file or another one.

        It raises LevelTooLow, NotInStock, NoAddress or NotDeliverable, and then orders nothing.
        """
        ...
