"""Every query of the board, each around the one definition of a number."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Date,
    Float,
    Integer,
    Select,
    Subquery,
    Text,
    Uuid,
    cast,
    column,
    extract,
    func,
    select,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, aggregate_order_by
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.base import Language, UtcDateTime, states
from crm_store.board.measures import Measure, Total
from crm_store.board.numbers import Counted, Cut, Number, Sentence
from crm_store.board.span import Span
from crm_store.conversations.models import Channel, Conversation
from crm_store.customers.models import Customer
from crm_store.strategy.policies import BoardPolicy

Column = ColumnElement[Any]
TOTALS: Final[Mapping[Total, Callable[[Column], Column]]] = {
    Total.count: lambda _: func.count(),
    Total.mean: func.avg,
    Total.most: func.max,
}
MOST_SENTENCES: Final = 10


class BoardRepository:
    """Reckons the numbers of a time and a part of all, by the shop's rules."""

    def __init__(
        self, session: AsyncSession, span: Span, cut: Cut, *, rules: BoardPolicy, zone: str
    ) -> None:
        self._session = session
        self._span = span
        self._cut = cut
        self._rules = rules
        self._zone = zone

    async def number(self, measure: Measure) -> Number:
        """Return the number."""
        [row] = await self._by(measure)
        return _number(row)

    async def by_day(self, measure: Measure) -> Mapping[date, Number]:
        """Return the number of each day of the shop's on which anything counts."""
        rows = await self._by(measure, lambda _, local: cast(local, Date))
        return {row[0]: _number(row) for row in rows}

    async def by_hour(self, measure: Measure) -> Mapping[tuple[int, int], Number]:
        """Return the number of each hour of the week, Monday being 1, where anything counts."""
        rows = await self._by(
            measure,
            lambda _, local: cast(extract("isodow", local), Integer),
            lambda _, local: cast(extract("hour", local), Integer),
        )
        return {(row[0], row[1]): _number(row) for row in rows}

    async def by_part(self, measure: Measure) -> Mapping[tuple[Channel, Language], Number]:
        """Return the number of each channel and language in which anything counts."""
        rows = await self._by(
            measure, lambda rows, _: rows.c.channel, lambda rows, _: rows.c.language
        )
        return {(row[0], row[1]): _number(row) for row in rows}

    async def counted(self, measure: Measure, *, most: int) -> Sequence[Counted]:
        """Return what the number is made of, the worst first."""
        rows = _defined(measure)
        value = cast(rows.c.value, Float)
        worst = value.desc() if measure.worst_is_high else value.asc()
        found = await self._read(
            select(rows.c.conversation_id, rows.c.at, rows.c.channel, rows.c.language, value)
            .add_columns(Customer)
            .join(Conversation, Conversation.id == rows.c.conversation_id)
            .outerjoin(Customer, Customer.id == Conversation.customer_id)
            .where(*self._which(measure, rows))
            .order_by(worst, rows.c.at.desc())
            .limit(most)
        )
        return [
            Counted(conversation, at, channel, language, part, customer and customer.name)
            for conversation, at, channel, language, part, customer in found
        ]

    async def sentences(self, measure: Measure) -> Sequence[Sentence]:
        """Return the sentences that were said most often, of a measure whose rows have one."""
        rows = _defined(measure, column("sentence", Text))
        times, last = func.count(), func.max(rows.c.at)
        found = await self._read(
            select(
                rows.c.sentence,
                times,
                _latest(rows.c.language, rows),
                _latest(rows.c.conversation_id, rows),
            )
            .where(*self._which(measure, rows))
            .group_by(rows.c.sentence)
            .order_by(times.desc(), last.desc())
            .limit(MOST_SENTENCES)
        )
        return [Sentence(*row) for row in found]

    async def _by(
        self, measure: Measure, *keys: Callable[[Subquery, Column], Column]
    ) -> Sequence[Any]:
        rows = _defined(measure)
        local = func.timezone(self._zone, rows.c.at)
        groups = [key(rows, local) for key in keys]
        total = cast(TOTALS[measure.total](rows.c.value), Float)
        return await self._read(
            select(*groups, total, func.count(), func.min(rows.c.at))
            .where(*self._which(measure, rows))
            .group_by(*groups)
            .order_by(*groups)
        )

    def _which(self, measure: Measure, rows: Subquery) -> Sequence[ColumnElement[bool]]:
        wanted = []
        if not measure.is_now:
            wanted += [rows.c.at >= self._span.since, rows.c.at <= self._span.until]
        if self._cut.channel is not None:
            wanted.append(rows.c.channel == self._cut.channel)
        if self._cut.language is not None:
            wanted.append(rows.c.language == self._cut.language)
        return wanted

    async def _read(self, query: Select[Any]) -> Sequence[Any]:
        # What the definitions name by a colon; each uses of it what it needs.
        named = {**self._rules.model_dump(), "now": self._span.until}
        rows: Sequence[Any] = (await self._session.execute(query, named)).all()
        return rows


def _defined(measure: Measure, *more: ColumnElement[Any]) -> Subquery:
    return (
        text(measure.sql)
        .columns(
            column("conversation_id", Uuid()),
            column("channel", states(Channel)),
            column("language", states(Language)),
            column("at", UtcDateTime()),
            column("value", Float()),
            *more,
        )
        .subquery("defined")
    )


def _latest(of: Column, rows: Subquery) -> Column:
    latest_first = aggregate_order_by(of, rows.c.at.desc())
    return func.array_agg(latest_first, type_=ARRAY(of.type))[1]


def _number(row: Sequence[Any]) -> Number:
    return Number(*row[-3:])
