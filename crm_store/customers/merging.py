"""Two records of one person become one. What belongs to them is found by the references."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Final, TypeGuard
from uuid import UUID

from sqlalchemy import (
    Column,
    Constraint,
    Table,
    UniqueConstraint,
    and_,
    delete,
    select,
    true,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.agents.models import Agent
from crm_store.base import Base
from crm_store.customers.models import Customer
from crm_store.errors import NotConfirmed, UnknownCustomer
from crm_store.insight.repository import EventRepository

MERGED: Final = "customers_merged"


async def merge(
    session: AsyncSession,
    kept_id: UUID,
    gone_id: UUID,
    agent: Agent,
    *,
    confirmed: str,
    at: datetime,
) -> None:
    """Give all that is one record's to another, and remove the one.

    It cannot be undone, so the number of the record that goes must be given as a confirmation;
    else it raises NotConfirmed. Name, address and number of the kept one stay.
    """
    kept, gone = await _locked(session, kept_id, gone_id)
    if confirmed.strip().casefold() != gone.number.casefold():
        raise NotConfirmed(str(gone_id))
    kept.address = kept.address or gone.address
    kept.since = min(kept.since, gone.since)
    for column in _references(Customer.__table__):
        await _without_twins(session, column, kept_id, gone_id)
        moved = update(column.table).where(column == gone_id).values({column.name: kept_id})
        await session.execute(moved)
    facts = {"kept": kept.number, "gone": gone.number, "agent": str(agent.id)}
    EventRepository(session).note(MERGED, kept_id, facts, at=at)
    await session.flush()
    await session.execute(delete(Customer).where(Customer.id == gone_id))


async def _locked(session: AsyncSession, kept_id: UUID, gone_id: UUID) -> tuple[Customer, Customer]:
    both = [kept_id, gone_id]
    rows = await session.scalars(
        select(Customer).where(Customer.id.in_(both)).order_by(Customer.id).with_for_update()
    )
    found = {customer.id: customer for customer in rows}
    if len(found) != len(both):
        raise UnknownCustomer(str(gone_id))
    return found[kept_id], found[gone_id]


def _references(table: Any) -> Iterator[Column[Any]]:
    """Yield the columns that refer to a row of a table."""
    for other in Base.metadata.sorted_tables:
        for key in other.foreign_keys:
            if key.column.table is table:
                yield key.parent


async def _without_twins(
    session: AsyncSession, column: Column[Any], kept_id: UUID, gone_id: UUID
) -> None:
    """Remove rows of the one that goes where the kept one has the same, and may have it once."""
    table = column.table
    for unique in _unique_with(table, column):
        twin = table.alias()
        same = and_(
            true(), *(table.c[name] == twin.c[name] for name in unique if name != column.name)
        )
        pairs = await session.execute(
            select(table.c.id, twin.c.id)
            .join_from(table, twin, same)
            .where(table.c[column.name] == gone_id, twin.c[column.name] == kept_id)
        )
        for gone, kept in pairs.all():
            await _move_children(session, table, gone, kept)
            await session.execute(delete(table).where(table.c.id == gone))


async def _move_children(session: AsyncSession, table: Table, gone: UUID, kept: UUID) -> None:
    for child in _references(table):
        moved = update(child.table).where(child == gone).values({child.name: kept})
        await session.execute(moved)


def _unique_with(table: Table, column: Column[Any]) -> Sequence[Sequence[str]]:
    """Return the groups of columns of which no two rows may have the same, this one included."""
    groups = [
        *([part.name for part in one.columns] for one in table.constraints if _is_unique(one)),
        *([part.name for part in one.columns] for one in table.indexes if one.unique),
    ]
    return [group for group in groups if column.name in group]


def _is_unique(constraint: Constraint) -> TypeGuard[UniqueConstraint]:
    return isinstance(constraint, UniqueConstraint)
