"""What a scenario is given: orders in their states, other rows, another policy of the shop."""

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from babel.dates import format_date
from sqlalchemy import Table, update
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store import tables
from crm_store.base import Language, utc_now
from crm_store.orders.models import Order, OrderState
from crm_store.strategy.opening import local_day
from crm_store.strategy.policies import policies, seed
from crm_store.strategy.repository import PolicyRepository
from tests.e2e.ledger import KEYS
from tests.e2e.scenario import Scenario

DAYS = re.compile(r"([+-]\d+)d")
DAY_IN_WORDS = re.compile(r"\{day([+-]\d+)\}")
DIGITS = {
    Language.de: "null eins zwei drei vier fünf sechs sieben acht neun",
    Language.en: "zero one two three four five six seven eight nine",
}
LOCALES = {Language.de: "de_DE", Language.en: "en_GB"}


async def give(session: AsyncSession, scenario: Scenario) -> None:
    """Set what the scenario is given."""
    for number, state in scenario.given.items():
        await session.execute(
            update(Order)
            .where(Order.number == number)
            .values(state=OrderState(state), cancelled_at=None)
        )
    for name, rows in scenario.rows.items():
        table = tables.METADATA.tables[name]
        for key, columns in rows.items():
            await _set(session, table, key, columns)
    for section, rules in scenario.policies.items():
        changed = {**seed()[section], **rules}
        await PolicyRepository(session).change(section, changed, at=utc_now())


def in_words(text: str, language: Language) -> str:
    """Return the text with `{day+3}` as that day is said in the language."""

    def day(match: re.Match[str]) -> str:
        meant = local_day(policies({}).shop, utc_now()) + timedelta(days=int(match[1]))
        return format_date(meant, format="long", locale=LOCALES[language])

    return DAY_IN_WORDS.sub(day, text)


def spoken(digits: str, language: Language) -> str:
    """Return digits as somebody says them, one by one."""
    names = DIGITS[language].split()
    return " ".join(names[int(digit)] for digit in digits)


async def _set(session: AsyncSession, table: Table, key: str, columns: Mapping[str, Any]) -> None:
    values = {name: _value(table, name, value) for name, value in columns.items()}
    done = await session.execute(
        update(table).where(table.c[KEYS[table.name]] == key).values(values)
    )
    assert done.rowcount == 1, f"no {key} in {table.name}"  # type: ignore[attr-defined] # an update


def _value(table: Table, column: str, value: Any) -> Any:
    days = DAYS.fullmatch(value) if isinstance(value, str) else None
    if days is None:
        return value
    moment: datetime | date = utc_now() + timedelta(days=int(days[1]))
    wants_day = table.c[column].type.python_type is date
    return moment.date() if wants_day and isinstance(moment, datetime) else moment
