"""Every query on customers and their one-time codes."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.customers.claims import Claim
from crm_store.customers.contacts import Contact
from crm_store.customers.models import (
    CodePurpose,
    ContactKind,
    ContactPoint,
    Customer,
    OneTimeCode,
)
from crm_store.orders.models import Order


class ClaimRepository:
    """Finds whom a claim is about; what it finds must not be told before it is proved."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def claimed(self, claim: Claim) -> UUID | None:
        """Return the one customer whom a claim fits; none if it fits nobody or several."""
        owner = select(ContactPoint.customer_id).where(_reaches(claim))
        buyer = select(Order.customer_id).where(Order.number.in_(claim.numbers))
        found = await self._session.scalars(
            select(Customer.id)
            .where(
                or_(
                    Customer.number.in_(claim.numbers),
                    Customer.id.in_(owner),
                    Customer.id.in_(buyer),
                )
            )
            .limit(2)
        )
        match found.all():
            case [customer_id]:
                return customer_id
            case _:
                return None

    async def on_file(self, contact: Contact) -> Sequence[ContactPoint]:
        """Return whoever has a contact on file; it must not be told before it is proved."""
        rows = await self._session.scalars(
            select(ContactPoint).where(
                ContactPoint.kind == contact.kind, ContactPoint.value == contact.value
            )
        )
        return rows.all()

    async def contacts(self, customer_id: UUID) -> Sequence[ContactPoint]:
        """Return the contact points on file, oldest first."""
        rows = await self._session.scalars(
            select(ContactPoint)
            .where(ContactPoint.customer_id == customer_id)
            .order_by(ContactPoint.created_at, ContactPoint.id)
        )
        return rows.all()


class CodeRepository:
    """Counts and keeps the one-time codes of one purpose."""

    def __init__(self, session: AsyncSession, purpose: CodePurpose) -> None:
        self._session = session
        self._purpose = purpose

    async def hold(self, whose: str) -> None:
        """Let one transaction at a time ask for a code for somebody, or by them."""
        await self._session.execute(
            select(func.pg_advisory_xact_lock(func.hashtextextended(whose, 0)))
        )

    async def asked_in(self, conversation_id: UUID, *, since: datetime) -> int:
        """Return how many codes a conversation has asked for, matched or not."""
        return await self._count(OneTimeCode.conversation_id == conversation_id, since=since)

    async def asked_by(self, asker: str, *, since: datetime) -> int:
        """Return how many codes a visitor or caller has asked for, matched or not."""
        return await self._count(OneTimeCode.asker == asker, since=since)

    async def sent_to(self, whom: UUID | str, *, since: datetime) -> int:
        """Return how many codes were sent to a customer, or to an address not on file."""
        theirs = OneTimeCode.customer_id if isinstance(whom, UUID) else OneTimeCode.address
        return await self._count(theirs == whom, since=since)

    def add(self, code: OneTimeCode) -> None:
        """Keep a code."""
        self._session.add(code)

    async def latest(
        self, conversation_id: UUID, *, address: str | None = None
    ) -> OneTimeCode | None:
        """Return the conversation's newest code for writing; an older one counts no more.

        With an address, it is the newest of those that went there.
        """
        there = true() if address is None else OneTimeCode.address == address
        found: OneTimeCode | None = await self._session.scalar(
            select(OneTimeCode)
            .where(
                OneTimeCode.conversation_id == conversation_id,
                OneTimeCode.purpose == self._purpose,
                there,
            )
            .order_by(OneTimeCode.created_at.desc())
            .limit(1)
            .with_for_update()
        )
        return found

    async def proved(self, conversation_id: UUID, address: str, *, since: datetime) -> bool:
        """Return whether a code that went to an address was given back in the conversation."""
        row = exists().where(
            OneTimeCode.conversation_id == conversation_id,
            OneTimeCode.purpose == self._purpose,
            OneTimeCode.address == address,
            OneTimeCode.used_at > since,
        )
        return bool(await self._session.scalar(select(row)))

    async def _count(self, of: ColumnElement[bool], *, since: datetime) -> int:
        count = await self._session.scalar(
            select(func.count())
            .select_from(OneTimeCode)
            .where(of, OneTimeCode.purpose == self._purpose, OneTimeCode.created_at > since)
        )
        return count or 0


def _reaches(claim: Claim) -> ColumnElement[bool]:
    return or_(
        (ContactPoint.kind == ContactKind.email) & ContactPoint.value.in_(claim.emails),
        (ContactPoint.kind == ContactKind.phone) & ContactPoint.value.in_(claim.phones),
    )
