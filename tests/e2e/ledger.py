"""What a scenario has changed in the store, and that it has changed nothing else."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store import tables
from crm_store.db import SessionFactory

Row = Mapping[str, Any]
Expected = Mapping[str, Any] | Sequence[Mapping[str, Any]]

BEFORE = "before_scenario"
TALK = {
    *("conversations", "messages", "turns", "effects", "events", "handoffs", "call_relays"),
    *("call_turns", "call_answers", "duties", "offers", "drafts"),
    *("one_time_codes", "outbox_messages", "suggestions", "interests"),
}
"""Tables that every conversation writes to; a scenario asks of them in other words."""
NEVER_CHANGED = {
    *("product_texts", "product_vectors", "agents", "agent_sessions", "login_attempts"),
    *("audit_entries", "audit_slips"),
}
KEYS = {
    "orders": "number",
    "customers": "number",
    "products": "sku",
    "contact_points": "value",
    "policies": "section",
    "cases": "number",
}
"""By which column a scenario names a row; rows of other tables are listed by what they hold."""


class Ledger:
    """Remembers the store as it was before all scenarios, and compares."""

    def __init__(self, sessions: SessionFactory) -> None:
        self._sessions = sessions
        self._open = False

    async def restore(self) -> None:
        """Put every table back to what it was before the first scenario."""
        async with self._sessions.begin() as session:
            if not self._open:
                await _remember(session)
                self._open = True
            # Rows come back in any order, so references are not checked meanwhile.
            await session.execute(text("SET LOCAL session_replication_role = replica"))
            for table in _kept():
                await session.execute(text(f"DELETE FROM {table}"))  # noqa: S608 - our own names
                back = f"INSERT INTO {table} OVERRIDING SYSTEM VALUE SELECT * FROM {BEFORE}.{table}"  # noqa: S608
                await session.execute(text(back))

    async def settle(self) -> None:
        """Take what the scenario was given for what was there before."""
        async with self._sessions.begin() as session:
            for table in _watched():
                await session.execute(text(f"DROP TABLE IF EXISTS {BEFORE}.given_{table}"))
                await session.execute(text(f"CREATE TABLE {BEFORE}.given_{table} AS TABLE {table}"))

    async def compare(self, changed: Mapping[str, Expected], gone: Mapping[str, int]) -> None:
        """Assert that these rows were added or changed, so many have gone, and no others."""
        async with self._sessions() as session:
            for table in _watched():
                now = await _differing(session, table)
                _match(table, now, changed.get(table, ()))
                assert await _gone(session, table) == gone.get(table, 0), f"gone from {table}"
        unknown = {*changed, *gone} - set(_watched())
        assert not unknown, f"no such tables: {unknown}"


def _kept() -> list[str]:
    names = [table.name for table in tables.METADATA.sorted_tables]
    return [name for name in names if name not in NEVER_CHANGED]


def _watched() -> list[str]:
    return [name for name in _kept() if name not in TALK]


async def _remember(session: AsyncSession) -> None:
    await session.execute(text(f"DROP SCHEMA IF EXISTS {BEFORE} CASCADE"))
    await session.execute(text(f"CREATE SCHEMA {BEFORE}"))
    for table in _kept():
        await session.execute(text(f"CREATE TABLE {BEFORE}.{table} AS TABLE {table}"))


async def _differing(session: AsyncSession, table: str) -> list[Row]:
    added = f"SELECT * FROM {table} EXCEPT SELECT * FROM {BEFORE}.given_{table}"  # noqa: S608 - our own names
    return [dict(row) for row in (await session.execute(text(added))).mappings()]


async def _gone(session: AsyncSession, table: str) -> int:
    keys = tables.METADATA.tables[table].primary_key.columns.keys()
    same = " AND ".join(f"now.{key} = was.{key}" for key in keys)
    missing = (
        f"SELECT count(*) FROM {BEFORE}.given_{table} AS was"  # noqa: S608 - our own names
        f" WHERE NOT EXISTS (SELECT FROM {table} AS now WHERE {same})"
    )
    return int(await session.scalar(text(missing)) or 0)


def _match(table: str, now: Sequence[Row], expected: Expected) -> None:
    key = KEYS.get(table)
    if isinstance(expected, Mapping):
        assert key is not None, f"rows of {table} are listed, not named"
        found = {str(row[key]): row for row in now}
        assert found.keys() == expected.keys(), f"changed in {table}: {sorted(found)}"
        for name, columns in expected.items():
            assert _fits(found[name], columns), f"{table} {name}: {found[name]}"
        return
    left = list(now)
    for columns in expected:
        hit = next((row for row in left if _fits(row, columns)), None)
        assert hit is not None, f"nothing in {table} is {columns}: {left}"
        left.remove(hit)
    assert not left, f"changed in {table} as well: {left}"


def _fits(row: Row, columns: Mapping[str, Any] | None) -> bool:
    return all(_is(row[column], value) for column, value in (columns or {}).items())


def _is(value: Any, wanted: Any) -> bool:
    """Compare as words; `~` before them asks only that they are contained."""
    said = "null" if value is None else str(value)
    if isinstance(wanted, str) and wanted.startswith("~"):
        return wanted[1:].lower() in said.lower()
    return said.lower() == ("null" if wanted is None else str(wanted)).lower()
