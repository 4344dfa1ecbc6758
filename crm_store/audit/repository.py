"""Every query on the audit log."""

from collections.abc import AsyncIterator, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, func, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.audit.chain import Break, breaks, digest_of
from crm_store.audit.models import AuditEntry
from crm_store.base import Json, utc_now
from crm_store.conversations.models import Conversation

CONSOLE = "console"
"""Whoever may run commands on the shop's machine."""
KEPT_FOR = timedelta(days=731)
STRETCH = 1000
_CHAINING = 0xA0D17
"""The lock under which entries are chained."""


class AuditRepository:
    """Adds entries in the transaction of whatever is done, and reads them."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def record(
        self,
        deed: str,
        actor: UUID | str,
        *,
        conversation: UUID | None = None,
        customer: UUID | None = None,
        facts: Json | None = None,
        at: datetime | None = None,
    ) -> AuditEntry:
        """Write down a deed after all others; a conversation's customer is looked up."""
        await self._session.execute(select(func.pg_advisory_xact_lock(_CHAINING)))
        last = await self.last()
        entry = AuditEntry(
            number=1 if last is None else last.number + 1,
            at=at or utc_now(),
            actor=str(actor),
            deed=deed,
            conversation_id=conversation,
            customer_id=customer or await self._customer_of(conversation),
            facts=facts or {},
            previous="" if last is None else last.digest,
        )
        entry.digest = digest_of(entry)
        self._session.add(entry)
        await self._session.flush()
        return entry

    async def last(self) -> AuditEntry | None:
        """Return the newest entry."""
        newest = select(AuditEntry).order_by(AuditEntry.number.desc()).limit(1)
        found: AuditEntry | None = await self._session.scalar(newest)
        return found

    async def entry(self, number: int) -> AuditEntry | None:
        """Return one entry."""
        return await self._session.get(AuditEntry, number)

    async def breaks(self) -> AsyncIterator[Break]:
        """Yield where the chain does not hold, from the oldest entry that is kept."""
        before: AuditEntry | None = None
        while entries := await self._after(before):
            for found in breaks(entries, before):
                yield found
            before = entries[-1]
            self._session.expunge_all()

    async def about(
        self, *, customer: UUID | None = None, actor: str | None = None, most: int
    ) -> Sequence[AuditEntry]:
        """Return the newest entries of a customer or an actor, or of all, the oldest first."""
        newest = select(AuditEntry).order_by(AuditEntry.number.desc()).limit(most)
        if customer is not None:
            newest = newest.where(AuditEntry.customer_id == customer)
        if actor is not None:
            newest = newest.where(AuditEntry.actor == actor)
        return list(reversed((await self._session.scalars(newest)).all()))

    async def forget(self, *, at: datetime) -> None:
        """Remove entries older than audit logs are kept; the rest still hangs together."""
        await self._session.execute(text("SET LOCAL rapport.audit_forgets = 'on'"))
        old = AuditEntry.at < at - KEPT_FOR
        await self._session.execute(delete(AuditEntry).where(old))
        await self._session.execute(text("SET LOCAL rapport.audit_forgets = 'off'"))

    async def _after(self, before: AuditEntry | None) -> Sequence[AuditEntry]:
        stretch = select(AuditEntry).order_by(AuditEntry.number).limit(STRETCH)
        if before is not None:
            stretch = stretch.where(AuditEntry.number > before.number)
        return (await self._session.scalars(stretch)).all()

    async def _customer_of(self, conversation: UUID | None) -> UUID | None:
        if conversation is None:
            return None
        found: UUID | None = await self._session.scalar(
            select(Conversation.customer_id).where(Conversation.id == conversation)
        )
        return found
