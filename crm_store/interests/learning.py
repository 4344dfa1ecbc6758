"""Learning what customers like from what they do, where they let us."""

from collections.abc import Collection
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.conversations.models import Conversation
from crm_store.customers.models import Customer, InterestSource, Level
from crm_store.errors import ProductNotFound, UnknownCustomer
from crm_store.interests.repository import InterestRepository
from crm_store.privacy.repository import ConsentRepository

SEEN: Final = frozenset({InterestSource.viewed, InterestSource.asked})
"""What is observed as it happens; what was bought and returned, the orders tell."""


async def observe(
    session: AsyncSession,
    customer: UUID,
    product: UUID,
    source: InterestSource,
    *,
    at: datetime,
    message: UUID | None = None,
    event: int | None = None,
) -> bool:
    """Note that a customer viewed or asked about a product; return whether it was noted.

    It is not where the customer wants no suggestions. Seen again, the interest grows. Raises
    UnknownCustomer or ProductNotFound, and ValueError for a source that is no observation. The
    caller has found out who the customer is.
    """
    if source not in SEEN:
        raise ValueError(f"{source} is not seen as it happens")
    if not await _allowed(session, [customer]):
        await _demand_customer(session, customer)
        return False
    interests = InterestRepository(session)
    kept = await interests.observe(
        customer, product, source, at=at, message_id=message, event_id=event
    )
    if kept is None:
        await _demand_customer(session, customer)
        raise ProductNotFound(f"product {product}")
    return True


async def observe_asked(
    session: AsyncSession,
    conversation: Conversation,
    product: UUID,
    *,
    at: datetime,
    message: UUID | None = None,
) -> bool:
    """Note that a product was asked about, if the customer has proved who they are."""
    if conversation.current_level(at) < Level.verified:
        return False
    customer = conversation.verified_customer(at)
    return await observe(session, customer, product, InterestSource.asked, at=at, message=message)


async def learn_from_orders(
    session: AsyncSession,
    customers: Collection[UUID],
    *,
    at: datetime,
    message: UUID | None = None,
) -> None:
    """Conclude what customers like from what they have bought and kept, or sent back.

    For whoever has just changed their orders or returns; doing it again changes nothing.
    """
    allowed = await _allowed(session, customers)
    if allowed:
        await InterestRepository(session).learn_from_orders(allowed, at=at, message_id=message)


async def _allowed(session: AsyncSession, customers: Collection[UUID]) -> set[UUID]:
    return await ConsentRepository(session).open_to_suggestions(customers)


async def _demand_customer(session: AsyncSession, customer: UUID) -> None:
    if await session.get(Customer, customer) is None:
        raise UnknownCustomer(f"customer {customer}")
