"""The board's routes: the numbers, each taken apart, what each is made of, and as tables."""

from collections.abc import Sequence
from hashlib import sha256
from time import monotonic
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Query, Response
from orjson import dumps

from channels.dependencies import TheHub, TheSessions
from channels.desk.auditing import demands
from channels.desk.board.csv import download, table
from channels.desk.board.showing import (
    counted_cells,
    day_cells,
    show_board,
    show_counted,
    show_detail,
    show_now,
    show_person,
)
from channels.desk.edge import DeskRoute
from channels.hub import QUEUE
from channels.wording import the_language
from crm_store.agents.roles import Right
from crm_store.base import Json, Language, utc_now
from crm_store.board.measures import Measure, measure, measures
from crm_store.board.numbers import Counted, Cut
from crm_store.board.people import people_at_desk
from crm_store.board.reading import Asked, board_of, read_board, read_detail, read_now
from crm_store.conversations.models import Channel
from crm_store.db import SessionFactory

LONGEST_DAYS: Final = 92
LONGEST_WAIT: Final = 20.0
"""Seconds after which a page is answered though nothing has changed."""
MOST_LISTED: Final = 200
MOST_EXPORTED: Final = 10_000
DAY_COLUMNS: Final = ("measure", "day", "value", "count")
COUNTED_COLUMNS: Final = ("conversation", "at", "channel", "language", "value", "customer")

router = APIRouter(
    prefix="/desk/api/board",
    route_class=DeskRoute,
    dependencies=[demands(Right.oversee)],
)


def _asked(
    days: Annotated[int, Query(ge=1, le=LONGEST_DAYS)] = 1,
    channel: Channel | None = None,
    language: Language | None = None,
) -> Asked:
    return Asked(days, Cut(channel, language), utc_now())


TheAsked = Annotated[Asked, Depends(_asked)]
TheMeasure = Annotated[Measure, Depends(measure)]
TheLanguage = Annotated[Language, Depends(the_language)]


@router.get("")
async def board(asked: TheAsked, spoken: TheLanguage, sessions: TheSessions) -> Json:
    """Tell all numbers."""
    async with sessions() as session:
        return show_board(await read_board(session, asked), spoken)


@router.get("/days.csv")
async def days(asked: TheAsked, sessions: TheSessions) -> Response:
    """Return all numbers of each day as a table."""
    async with sessions() as session:
        details = [
            await read_detail(session, one, asked) for one in measures().values() if not one.is_now
        ]
    lines = [line for detail in details for line in day_cells(detail)]
    return download("rapport-days", table(DAY_COLUMNS, lines))


@router.get("/now")
async def now(asked: TheAsked, hub: TheHub, sessions: TheSessions, seen: str = "") -> Json:
    """Tell the numbers of this moment once they differ from what was seen, or after a while."""
    end = monotonic() + LONGEST_WAIT
    async with hub.watch(QUEUE) as bell:
        while True:
            async with sessions() as session:
                at = utc_now()
                numbers = show_now(await read_now(session, asked.cut, at=at))
                people = [show_person(one) for one in await people_at_desk(session, at=at)]
            shown = {"now": numbers, "people": people}
            mark = sha256(dumps(shown)).hexdigest()[:16]
            if mark != seen or monotonic() >= end:
                return {**shown, "seen": mark}
            await bell.wait()


@router.get("/{key}")
async def detail(
    one: TheMeasure, asked: TheAsked, spoken: TheLanguage, sessions: TheSessions
) -> Json:
    """Take one number apart, and say how it is defined."""
    async with sessions() as session:
        return show_detail(await read_detail(session, one, asked), spoken)


@router.get("/{key}/conversations")
async def made_of(one: TheMeasure, asked: TheAsked, sessions: TheSessions) -> list[Json]:
    """Tell which conversations a number is made of, the worst first."""
    return [show_counted(counted) for counted in await _counted(one, asked, sessions)]


@router.get("/{key}/conversations.csv")
async def made_of_as_table(one: TheMeasure, asked: TheAsked, sessions: TheSessions) -> Response:
    """Return the conversations that a number is made of as a table."""
    found = await _counted(one, asked, sessions, most=MOST_EXPORTED)
    lines = [counted_cells(counted) for counted in found]
    return download(f"rapport-{one.key}", table(COUNTED_COLUMNS, lines))


async def _counted(
    one: Measure, asked: Asked, sessions: SessionFactory, most: int = MOST_LISTED
) -> Sequence[Counted]:
    async with sessions() as session:
        return await (await board_of(session, asked)).counted(one, most=most)
