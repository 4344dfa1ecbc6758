"""Every query on the audit log."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import cast
from uuid import UUID

from sqlalchemy import Table, bindparam, delete, exists, func, insert, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.audit.chain import Break, breaks, following
from crm_store.audit.models import AuditEntry, AuditSlip
from crm_store.base import Json, utc_now
from crm_store.conversations.models import Conversation

CONSOLE = "console"
"""Whoever may run commands on the shop's machine."""
KEPT_FOR = timedelta(days=731)
STRETCH = 1000
# The bare table: every request writes here, and a record would be made for nothing.
_SLIPS = cast("Table", AuditSlip.__table__)
_CHAINING = 0xA0D17
"""The lock under which entries are chained."""


@dataclass(frozen=True, slots=True)
class Deed:
    """What somebody has done or looked at."""

    name: str
    actor: UUID | str
    conversation: UUID | None = None
    customer: UUID | None = None
    """Looked up where only a conversation is given."""
    facts: Json = field(default_factory=dict)
    at: datetime = field(default_factory=utc_now)


_WHOSE = (
    select(Conversation.customer_id)
    .where(Conversation.id == bindparam("of", type_=Conversation.id.type))
    .scalar_subquery()
)
_CUSTOMER = func.coalesce(bindparam("known", type_=_SLIPS.c.customer_id.type), _WHOSE)
_WRITE_DOWN = insert(_SLIPS).values(customer_id=_CUSTOMER)


class AuditRepository:
    """Takes down what is done, chains it, and reads it.

    Whoever reads chains first, so that nothing that was written down is missing.
    """

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
    ) -> None:
        """Write down a deed, waiting for nobody; a conversation's customer is looked up."""
        one = Deed(deed, actor, conversation, customer, facts or {}, at or utc_now())
        await self.record_all([one])

    async def record_all(self, deeds: Sequence[Deed]) -> None:
        """Write down deeds in one go."""
        rows = [
            {
                "at": deed.at,
                "actor": str(deed.actor),
                "deed": deed.name,
                "conversation_id": deed.conversation,
                "of": deed.conversation,
                "known": deed.customer,
                "facts": deed.facts,
            }
            for deed in deeds
        ]
        await self._session.execute(_WRITE_DOWN, rows)

    async def is_behind(self) -> bool:
        """Return whether anything was written down that is not chained yet."""
        return bool(await self._session.scalar(select(exists(select(AuditSlip.id)))))

    async def chain(self) -> None:
        """Give what was written down its place in the log, one process at a time."""
        await self._session.execute(select(func.pg_advisory_xact_lock(_CHAINING)))
        before = await self._newest()
        while slips := await self._taken():
            for slip in slips:
                before = following(before, slip)
                self._session.add(before)
            await self._session.flush()

    async def last(self) -> AuditEntry | None:
        """Return the newest entry."""
        await self.chain()
        return await self._newest()

    async def entry(self, number: int) -> AuditEntry | None:
        """Return one entry."""
        return await self._session.get(AuditEntry, number)

    async def breaks(self) -> AsyncIterator[Break]:
        """Yield where the chain does not hold, from the oldest entry that is kept."""
        await self.chain()
        self._session.expunge_all()
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
        await self.chain()
        newest = select(AuditEntry).order_by(AuditEntry.number.desc()).limit(most)
        if customer is not None:
            newest = newest.where(AuditEntry.customer_id == customer)
        if actor is not None:
            newest = newest.where(AuditEntry.actor == actor)
        return list(reversed((await self._session.scalars(newest)).all()))

    async def forget(self, *, at: datetime) -> None:
        """Remove entries older than audit logs are kept; the rest still hangs together."""
        await self.chain()
        since = at - KEPT_FOR
        oldest = select(func.min(AuditEntry.number)).where(AuditEntry.at >= since).scalar_subquery()
        # None from between those that are kept: whoever wrote first need not be chained first.
        old = (AuditEntry.at < since) & (oldest.is_(None) | (AuditEntry.number < oldest))
        async with self._leave("forgets"):
            await self._session.execute(delete(AuditEntry).where(old))

    async def _newest(self) -> AuditEntry | None:
        newest = select(AuditEntry).order_by(AuditEntry.number.desc()).limit(1)
        found: AuditEntry | None = await self._session.scalar(newest)
        return found

    async def _taken(self) -> Sequence[AuditSlip]:
        """Take the oldest slips off their table."""
        first = select(AuditSlip.id).order_by(AuditSlip.id).limit(STRETCH).scalar_subquery()
        async with self._leave("chains"):
            rows = await self._session.scalars(
                delete(AuditSlip)
                .where(AuditSlip.id.in_(first))
                .returning(AuditSlip)
                .execution_options(synchronize_session=False)
            )
        return sorted(rows, key=lambda slip: slip.id)

    @asynccontextmanager
    async def _leave(self, to: str) -> AsyncIterator[None]:
        """Have the store's guard look away for one purpose of ours."""
        await self._session.execute(text(f"SET LOCAL rapport.audit_{to} = 'on'"))
        yield
        await self._session.execute(text(f"SET LOCAL rapport.audit_{to} = 'off'"))

    async def _after(self, before: AuditEntry | None) -> Sequence[AuditEntry]:
        stretch = select(AuditEntry).order_by(AuditEntry.number).limit(STRETCH)
        if before is not None:
            stretch = stretch.where(AuditEntry.number > before.number)
        return (await self._session.scalars(stretch)).all()
