"""The board as it stands, read at one moment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.base import Language
from crm_store.board.measures import Measure, measure, measures
from crm_store.board.numbers import Cut, Number, Sentence
from crm_store.board.repository import BoardRepository
from crm_store.board.span import Span
from crm_store.conversations.models import Channel
from crm_store.strategy.policies import BoardPolicy, Policies
from crm_store.strategy.repository import PolicyRepository

UNHANDLED = "unhandled"


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody wants to see: the last so many days, of all or of a part."""

    days: int
    cut: Cut
    at: datetime


@dataclass(frozen=True, slots=True)
class Compared:
    """A number, and what it was as many days before."""

    measure: Measure
    number: Number
    before: Number | None
    """None for what tells of this moment."""
    limit: float | None
    """The shop's, where the number is past it."""


@dataclass(frozen=True, slots=True)
class Board:
    """All numbers of a time."""

    span: Span
    rules: BoardPolicy
    numbers: Sequence[Compared]
    sentences: Sequence[Sentence]


@dataclass(frozen=True, slots=True)
class Detail:
    """One number, taken apart."""

    measure: Measure
    rules: BoardPolicy
    days: Mapping[date, Number | None]
    """Every day of the time; None where nothing counts."""
    hours: Mapping[tuple[int, int], Number]
    parts: Mapping[tuple[Channel, Language], Number]


async def read_board(session: AsyncSession, asked: Asked) -> Board:
    """Return all numbers, each beside what it was before."""
    policies = await PolicyRepository(session).current()
    span = _span(asked, policies)
    now = _reckoned(session, span, asked.cut, policies)
    then = _reckoned(session, span.before(policies.shop.time_zone), asked.cut, policies)
    numbers = [
        Compared(
            one,
            number := await now.number(one),
            None if one.is_now else await then.number(one),
            one.passed(number, policies.board),
        )
        for one in measures().values()
    ]
    sentences = await now.sentences(measure(UNHANDLED))
    return Board(span, policies.board, numbers, sentences)


async def read_now(session: AsyncSession, cut: Cut, *, at: datetime) -> Mapping[str, Number]:
    """Return the numbers that tell of this moment."""
    policies = await PolicyRepository(session).current()
    now = _reckoned(session, _span(Asked(1, cut, at), policies), cut, policies)
    return {key: await now.number(one) for key, one in measures().items() if one.is_now}


async def read_detail(session: AsyncSession, one: Measure, asked: Asked) -> Detail:
    """Return one number by day, by hour of the week, and by channel and language."""
    policies = await PolicyRepository(session).current()
    span = _span(asked, policies)
    board = _reckoned(session, span, asked.cut, policies)
    days = await board.by_day(one)
    return Detail(
        measure=one,
        rules=policies.board,
        days={day: days.get(day) for day in span.days},
        hours=await board.by_hour(one),
        parts=await board.by_part(one),
    )


async def board_of(session: AsyncSession, asked: Asked) -> BoardRepository:
    """Return the board's queries for what is asked."""
    policies = await PolicyRepository(session).current()
    return _reckoned(session, _span(asked, policies), asked.cut, policies)


def _span(asked: Asked, policies: Policies) -> Span:
    return Span.of(asked.days, policies.shop.time_zone, asked.at)


def _reckoned(session: AsyncSession, span: Span, cut: Cut, policies: Policies) -> BoardRepository:
    return BoardRepository(session, span, cut, rules=policies.board, zone=policies.shop.time_zone)
