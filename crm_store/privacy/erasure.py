"""Forgetting a customer: what the law and the counts need stays, without them in it."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    JSON,
    Column,
    Enum,
    String,
    Table,
    UniqueConstraint,
    and_,
    delete,
    func,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.base import Base
from crm_store.conversations.models import Conversation
from crm_store.customers.models import Customer, Level
from crm_store.orders.models import Order
from crm_store.privacy import memory
from crm_store.privacy.belongings import belongings, of_customer, of_orders
from crm_store.strategy.repository import PolicyRepository

KEPT: Final[Mapping[str, set[str]]] = {
    "customers": set(),
    # What the law wants kept: what was sold for how much, and what went back.
    "orders": {"number", "currency", "delivery", "payment", "carrier"},
    "order_lines": {"sku", "title"},
    "invoices": {"number", "order_number", "currency"},
    "returns": {"number", "order_number", "currency"},
    "return_lines": {"sku", "title"},
    "refunds": {"order_number", "currency"},
    "vouchers": {"code", "currency"},
    # What the shop counts.
    "conversations": set(),
    "handoffs": {"department", "code"},
    "events": {"kind"},
    "suggestions": {"model", "policy_version"},
    "referral_codes": set(),
    "referrals": set(),
    "erasure_requests": set(),
}
"""Tables whose rows stay, and their columns of words that do; every other row or word goes."""
INSTEAD: Final = {"conversations": {"level": Level.anonymous}}
DAYS_OF_A_YEAR: Final = 365.25


async def erase(session: AsyncSession, customer_id: UUID, *, at: datetime) -> None:
    """Remove or blank all that is personal of a customer, the assistant's own memory included."""
    policies = await PolicyRepository(session).current()
    kept_since = at - timedelta(days=policies.privacy.invoice_years * DAYS_OF_A_YEAR)
    conversations = await _conversations(session, customer_id)
    await memory.forget(session, conversations)
    await _remove_orders(session, customer_id, before=kept_since)
    rows = belongings(
        {
            "customers": Customer.id == customer_id,
            "conversations": Conversation.id.in_(conversations),
        }
    )
    # Whatever refers to a row goes before it.
    for table in reversed(list(rows)):
        if table.name not in KEPT:
            await session.execute(delete(table).where(rows[table]))
        elif blank := _blank(table):
            await session.execute(update(table).where(rows[table]).values(blank))


async def _conversations(session: AsyncSession, customer_id: UUID) -> Sequence[UUID]:
    theirs = of_customer(customer_id, told=False)[Base.metadata.tables["conversations"]]
    return (await session.scalars(select(Conversation.id).where(theirs))).all()


async def _remove_orders(session: AsyncSession, customer_id: UUID, *, before: datetime) -> None:
    old = of_orders(and_(Order.customer_id == customer_id, Order.placed_at < before))
    for table in reversed(list(old)):
        await session.execute(delete(table).where(old[table]))


def _blank(table: Table) -> dict[str, Any]:
    """Return what a kept row says instead, by column."""
    personal = (column for column in table.columns if _is_personal(column))
    blank = {column.name: _nothing(column) for column in personal}
    return {**blank, **INSTEAD.get(table.name, {})}


def _is_personal(column: Column[Any]) -> bool:
    if any(key.column.table.name == "customers" for key in column.foreign_keys):
        # What must have a customer keeps the row that nobody is any more.
        return bool(column.nullable)
    words = isinstance(column.type, String | JSON | ARRAY) and not isinstance(column.type, Enum)
    return words and column.name not in KEPT[column.table.name]


def _nothing(column: Column[Any]) -> Any:
    if column.nullable:
        return None
    match column.type:
        case JSON():
            return {}
        case ARRAY():
            return []
        case _:
            return func.gen_random_uuid().cast(String) if _is_unique(column) else ""


def _is_unique(column: Column[Any]) -> bool:
    constraints = column.table.constraints
    return any(
        column.name in one.columns for one in constraints if isinstance(one, UniqueConstraint)
    )
