"""Every query on wishes to be forgotten."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.conversations.models import Conversation
from crm_store.customers.models import Customer, Level
from crm_store.errors import ErasureIsOver, UnknownCustomer
from crm_store.insight.models import Event
from crm_store.insight.repository import EventRepository
from crm_store.orders.models import Order, OrderState
from crm_store.privacy.erasure import erase
from crm_store.privacy.models import ErasureRequest
from crm_store.strategy.policies import VerificationPolicy
from crm_store.strategy.repository import PolicyRepository


class ErasureRepository:
    """Takes the wish, lets it be withdrawn, and fulfils it when it is due."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def level(self) -> Level:
        """Return how well a customer must be known to be forgotten at their wish."""
        policies = await PolicyRepository(self._session).current()
        return VerificationPolicy.level(policies.verification.erasure)

    async def ask(
        self, conversation: Conversation, *, at: datetime, cause: UUID | None = None
    ) -> ErasureRequest:
        """Have the verified customer forgotten after the shop's time; once asked is enough."""
        customer_id = conversation.verified_customer(at, least=await self.level())
        before = await self._session.scalar(_pending(customer_id))
        if before is not None:
            return before
        policies = await PolicyRepository(self._session).current()
        request = ErasureRequest(
            customer_id=customer_id,
            asked_at=at,
            due_at=at + timedelta(days=policies.privacy.erasure_days),
        )
        self._session.add(request)
        EventRepository(self._session).record("erasure_asked", conversation, cause=cause)
        return request

    async def pending(self, conversation: Conversation, *, at: datetime) -> ErasureRequest | None:
        """Return the verified customer's request that still waits, or raise LevelTooLow."""
        customer_id = conversation.verified_customer(at)
        found: ErasureRequest | None = await self._session.scalar(_pending(customer_id))
        return found

    async def mention(self, conversation: Conversation, *, at: datetime) -> ErasureRequest | None:
        """Return the waiting request if its customer was not reminded of it yet; now they are."""
        request = await self.pending(conversation, at=at)
        if request is None or request.mentioned_at is not None:
            return None
        request.mentioned_at = at
        return request

    async def withdraw(
        self, conversation: Conversation, *, at: datetime, cause: UUID | None = None
    ) -> None:
        """Let the verified customer stay after all, or raise ErasureIsOver."""
        customer_id = conversation.verified_customer(at)
        request = await self._session.scalar(_pending(customer_id).with_for_update())
        if request is None:
            raise ErasureIsOver(f"customer {customer_id}")
        request.withdraw(at)
        EventRepository(self._session).record("erasure_withdrawn", conversation, cause=cause)

    async def due(self, *, at: datetime) -> Sequence[UUID]:
        """Return the customers who are to be forgotten now: whose orders have all arrived."""
        rows = await self._session.scalars(
            select(ErasureRequest.customer_id).where(*_waiting(), *_due(at))
        )
        return rows.all()

    async def fulfil(self, customer_id: UUID, *, at: datetime) -> None:
        """Forget a customer whose wish is due, unless they have withdrawn it in the meantime."""
        waits = _pending(customer_id).where(*_due(at)).with_for_update()
        if await self._session.scalar(waits) is not None:
            await self.forget(customer_id, at=at)

    async def forget(self, customer_id: UUID, *, at: datetime) -> None:
        """Forget a customer at once, and note that it was done; for the shop itself."""
        request = await self._session.scalar(_pending(customer_id).with_for_update())
        await erase(self._session, customer_id, at=at)
        if request is not None:
            request.done_at = at
        self._session.add(Event(kind="customer_erased", at=at))

    async def customer_numbered(self, number: str) -> UUID:
        """Return whose number this is, for the shop, or raise UnknownCustomer."""
        found = await self._session.scalar(select(Customer.id).where(Customer.number == number))
        if found is None:
            raise UnknownCustomer
        return found


def _pending(customer_id: UUID) -> Select[ErasureRequest]:
    return (
        select(ErasureRequest)
        .where(ErasureRequest.customer_id == customer_id, *_waiting())
        .limit(1)
    )


def _waiting() -> tuple[ColumnElement[bool], ...]:
    return ErasureRequest.withdrawn_at.is_(None), ErasureRequest.done_at.is_(None)


def _due(at: datetime) -> tuple[ColumnElement[bool], ...]:
    # A parcel must have an address until it has arrived.
    under_way = exists().where(
        Order.customer_id == ErasureRequest.customer_id,
        Order.state.in_([OrderState.placed, OrderState.shipped]),
    )
    return ErasureRequest.due_at <= at, ~under_way
