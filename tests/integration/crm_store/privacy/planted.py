"""A customer of whom every table knows something, in words that are found again."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ARRAY, JSON, Column, Enum, String, Table, insert, text
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store import tables
from crm_store.base import UtcDateTime
from crm_store.customers.models import Level
from crm_store.privacy.belongings import of_customer
from tests.builders import NOW

BELONG = [table.name for table in of_customer(uuid4(), told=True)]
FIXED: dict[str, dict[str, Any]] = {"conversations": {"level": Level.verified}}


@dataclass
class Planted:
    """One row in each table that may belong to a customer, and in those that it needs."""

    mark: str
    rows: dict[str, dict[str, Any]] = field(default_factory=dict)
    words: dict[tuple[str, str], str] = field(default_factory=dict)
    """What was planted, by table and column."""

    @property
    def customer(self) -> UUID:
        return UUID(str(self.rows["customers"]["id"]))

    @property
    def conversation(self) -> UUID:
        return UUID(str(self.rows["conversations"]["id"]))

    def where(self, *, belongs: bool = True) -> Iterator[tuple[tuple[str, str], str]]:
        """Every word in a table that belongs to the customer."""
        for place, word in self.words.items():
            if (place[0] in BELONG) is belongs:
                yield place, word

    async def plant(self, session: AsyncSession) -> None:
        for table in tables.METADATA.sorted_tables:
            if table.name in _needed():
                await self._add(session, table)

    async def _add(self, session: AsyncSession, table: Table) -> None:
        values = {
            column.name: self._value(column)
            for column in table.columns
            if column.identity is None and column.computed is None
        }
        values |= FIXED.get(table.name, {})
        made = await session.execute(insert(table).values(values).returning(table))
        self.rows[table.name] = dict(made.mappings().one())

    def _value(self, column: Column[Any]) -> Any:
        for key in column.foreign_keys:
            return self.rows[key.column.table.name][key.column.name]
        match column.type:
            case Enum():
                return next(iter(column.type.enum_class or column.type.enums))
            case String():
                return self._word(column)
            case ARRAY():
                return [self._word(column)]
            case JSON():
                return {"planted": self._word(column)}
            case UtcDateTime():
                return NOW
            case kind:
                return PLAIN[kind.python_type]()

    def _word(self, column: Column[Any]) -> str:
        word = f"{self.mark}-{column.table.name}-{column.name}"
        self.words[column.table.name, column.name] = word
        return word


PLAIN: dict[type, Any] = {
    UUID: uuid4,
    date: NOW.date,
    bytes: lambda: b"sound",
    int: lambda: 1,
    float: lambda: 0.5,
    bool: lambda: True,
    Decimal: lambda: Decimal("1.00"),
}


def _needed() -> set[str]:
    needed: set[str] = set(BELONG)
    for table in reversed(tables.METADATA.sorted_tables):
        if table.name in needed:
            needed |= {key.column.table.name for key in table.foreign_keys}
    return needed


async def found(session: AsyncSession, words: Iterator[str] | list[str]) -> set[str]:
    """Return which of the words stand anywhere in the store."""
    everything = []
    for table in tables.METADATA.sorted_tables:
        rows = await session.scalars(text(f'SELECT t::text FROM "{table.name}" t'))  # noqa: S608 - our own names
        everything += list(rows)
    whole = "\n".join(everything)
    return {word for word in words if word in whole}
