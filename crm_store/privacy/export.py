"""All that is stored about a customer, as one document for them."""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Table, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.base import Base, Json
from crm_store.conversations.models import Conversation
from crm_store.customers.models import ContactKind, ContactPoint, Customer
from crm_store.interests.liking import Liking
from crm_store.interests.repository import InterestRepository
from crm_store.orders.models import Order
from crm_store.privacy import memory
from crm_store.privacy.belongings import of_customer

SECRETS: Final = {
    "one_time_codes": {"code_hash"},
    "customer_pins": {"pin_hash"},
    "call_relays": {"ticket", "answer"},
    "passages": {"secret_hash"},
}
"""Columns that would open something."""
WITHIN: Final = {
    "messages": ("conversations", "conversation_id"),
    "order_lines": ("orders", "order_id"),
}
"""Tables whose rows are told inside the row that they belong to."""
MEMORY: Final = "assistant_memory"


@dataclass(frozen=True, slots=True)
class Summary:
    """What a customer is told in a sentence."""

    contacts: frozenset[ContactKind]
    has_address: bool
    orders: int
    conversations: int
    interests: Sequence[Liking]
    """What counts now, the strongest first; what has faded or was forgotten does not."""


class PrivacyRepository:
    """Tells a conversation what is stored about its customer, once they have proved it."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def document(self, conversation: Conversation, *, at: datetime) -> Json:
        """Return all that is stored about the verified customer, or raise LevelTooLow."""
        return await export(self._session, conversation.verified_customer(at), at=at)

    async def summary(self, conversation: Conversation, *, at: datetime) -> Summary:
        """Return in short what is stored about the verified customer, or raise LevelTooLow."""
        customer_id = conversation.verified_customer(at)
        rows = of_customer(customer_id, told=True)
        customer = await self._session.get_one(Customer, customer_id)
        kinds = await self._session.scalars(
            select(ContactPoint.kind).where(ContactPoint.customer_id == customer_id)
        )
        return Summary(
            contacts=frozenset(kinds),
            has_address=customer.address is not None,
            orders=await self._count(rows, Order.__tablename__),
            conversations=await self._count(rows, Conversation.__tablename__),
            interests=await InterestRepository(self._session).of(conversation, at=at),
        )

    async def _count(self, rows: Mapping[Table, Any], name: str) -> int:
        table = Base.metadata.tables[name]
        counted = select(func.count()).select_from(table).where(rows[table])
        return await self._session.scalar(counted) or 0


async def export(session: AsyncSession, customer_id: UUID, *, at: datetime) -> Json:
    """Return all that is stored about a customer: for the shop, which sends it to them alone."""
    found: dict[str, list[Json]] = {}
    for table, condition in of_customer(customer_id, told=True).items():
        rows = await session.execute(
            select(table).where(condition).order_by(*table.primary_key.columns)
        )
        found[table.name] = [_told(table, dict(row)) for row in rows.mappings()]
    conversations = [UUID(row["id"]) for row in found["conversations"]]
    found[MEMORY] = await memory.told(session, conversations)
    return {"exported_at": at.isoformat(), **_nested(found)}


def _told(table: Table, row: Mapping[Any, Any]) -> Json:
    secret = SECRETS.get(table.name, set())
    return {name: _plain(value) for name, value in row.items() if name not in secret}


def _plain(value: Any) -> Any:
    match value:
        case Enum():
            return value.name if isinstance(value.value, int) else value.value
        case UUID() | Decimal():
            return str(value)
        case bytes():
            return b64encode(value).decode()
        case datetime() | date():
            return value.isoformat()
        case _:
            return value


def _nested(found: dict[str, list[Json]]) -> Json:
    for name, (outer, key) in WITHIN.items():
        inner: dict[str, list[Json]] = {}
        for row in found.pop(name, ()):
            inner.setdefault(row[key], []).append(row)
        for row in found[outer]:
            row[name] = inner.get(row["id"], [])
    return found
