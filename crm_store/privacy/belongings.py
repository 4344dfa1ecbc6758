"""Which rows of which tables are a customer's: found by the references between the tables."""

from collections.abc import Iterator, Mapping
from uuid import UUID

from sqlalchemy import ColumnElement, Table, and_, or_, select

from crm_store.base import Base
from crm_store.conversations.models import Conversation
from crm_store.customers.models import Customer, Level
from crm_store.insight.models import Event
from crm_store.orders.models import Order

Rows = Mapping[Table, ColumnElement[bool]]
"""For each table with rows that belong, the condition that they fulfil."""

PROVED = (Level.verified, Level.strong)


def belongings(roots: Mapping[str, ColumnElement[bool]]) -> Rows:
    """Return all that belongs to the roots: their own rows, and whatever refers to a row of it.

    A table that is new belongs as soon as it refers to something that does.
    """
    rows: dict[Table, ColumnElement[bool]] = {}
    for table in Base.metadata.sorted_tables:
        root = roots.get(table.name)
        links = [] if root is not None else _links(table, rows)
        if root is not None or links:
            rows[table] = or_(*links) if root is None else root
    return rows


def of_customer(customer_id: UUID, *, told: bool) -> Rows:
    """Return what belongs to a customer.

    Conversations are theirs if they were once proved in them. Unless it is to be told them, those
    count as well whose caller only seemed to be them.
    """
    return belongings(
        {
            "customers": Customer.id == customer_id,
            "conversations": _proved_in(customer_id) if told else _any_of(customer_id),
        }
    )


def of_orders(orders: ColumnElement[bool]) -> Rows:
    """Return some orders and what belongs to them."""
    return belongings({Order.__tablename__: orders})


def _links(table: Table, rows: Rows) -> list[ColumnElement[bool]]:
    references = [
        key.parent.in_(select(key.column).where(rows[key.column.table]))
        for key in sorted(table.foreign_keys, key=lambda key: key.parent.name)
        if key.column.table in rows
    ]
    return [*references, *_of_their_browsers(table, rows)]


def _of_their_browsers(table: Table, rows: Rows) -> Iterator[ColumnElement[bool]]:
    """Yield the condition of what a browser did before it was known whose it is."""
    talks = Base.metadata.tables[Conversation.__tablename__]
    if talks in rows and "visitor" in table.columns:
        theirs = select(talks.c.visitor).where(rows[talks], talks.c.visitor.is_not(None))
        yield and_(table.c.visitor.in_(theirs), table.c.customer_id.is_(None))


def _proved_in(customer_id: UUID) -> ColumnElement[bool]:
    now = and_(Conversation.customer_id == customer_id, Conversation.level.in_(PROVED))
    return or_(now, Conversation.id.in_(_once_proved(customer_id)))


def _any_of(customer_id: UUID) -> ColumnElement[bool]:
    return or_(
        Conversation.customer_id == customer_id, Conversation.id.in_(_once_proved(customer_id))
    )


def _once_proved(customer_id: UUID) -> ColumnElement[UUID]:
    # Whoever has gone on as another customer in the same conversation was this one before.
    return select(Event.conversation_id).where(
        Event.kind == "customer_verified", Event.customer_id == customer_id
    )  # type: ignore[return-value] # a query of ids, for IN
