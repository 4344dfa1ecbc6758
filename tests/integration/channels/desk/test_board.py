"""The board over its routes."""

import csv
from io import StringIO
from uuid import UUID

import httpx2
import pytest
from sqlalchemy import select

from channels.desk.board.csv import table
from crm_store.agents.models import Agent
from crm_store.agents.roles import Role
from crm_store.audit.repository import AuditRepository
from crm_store.base import utc_now
from crm_store.board.measures import measures
from crm_store.routing.duty_repository import DutyRepository
from tests.integration.channels.desk.running import Desk, LogIn, refusal

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

BOARD = "/desk/api/board"


async def test_a_number_leads_to_what_it_is_made_of(desk: Desk, log_in: LogIn) -> None:
    waiting = await desk.waiting()
    supervisor = await log_in("sue", Role.supervisor)

    numbers = (await supervisor.get(BOARD)).json()["numbers"]
    detail = (await supervisor.get(f"{BOARD}/waiting")).json()
    made_of = (await supervisor.get(f"{BOARD}/waiting/conversations")).json()

    assert [one["key"] for one in numbers] == list(measures())
    assert detail["sql"] == measures()["waiting"].sql
    assert [UUID(one["conversation"]) for one in made_of] == [waiting]


async def test_names_and_meanings_are_in_the_viewers_language(log_in: LogIn) -> None:
    supervisor = await log_in("sue", Role.supervisor)

    german = await _detail(supervisor, "service_level", "de-DE")
    english = await _detail(supervisor, "service_level", "en-GB")

    assert (german["name"], english["name"]) == ("Servicegrad", "Service level")
    assert "20 Sekunden" in german["meaning"]
    assert "20 seconds" in english["meaning"]


async def test_this_moment_is_told_as_soon_as_it_differs(desk: Desk, log_in: LogIn) -> None:
    supervisor = await log_in("sue", Role.supervisor)
    seen = (await supervisor.get(f"{BOARD}/now")).json()["seen"]
    await desk.waiting()

    told = (await supervisor.get(f"{BOARD}/now", params={"seen": seen})).json()

    assert told["now"]["waiting"]["count"] == 1
    assert told["seen"] != seen


async def test_people_are_shown_by_what_they_say_of_themselves(desk: Desk, log_in: LogIn) -> None:
    supervisor, mia = await log_in("sue", Role.supervisor), await log_in("mia")
    conversation = await desk.waiting()
    async with desk.sessions.begin() as session:
        here = (await session.scalars(select(Agent).where(Agent.login == "mia"))).one()
        await DutyRepository(session).here(here.id, at=utc_now())
    await mia.post(f"/desk/api/conversations/{conversation}/claim")
    await mia.post("/desk/api/duty", json={"status": "busy"})

    people = (await supervisor.get(f"{BOARD}/now")).json()["people"]

    assert people == [{"name": "Mia", "standing": "busy", "conversations": 1}]


async def test_to_look_into_a_number_is_on_record(desk: Desk, log_in: LogIn) -> None:
    supervisor = await log_in("sue", Role.supervisor)

    await supervisor.get(f"{BOARD}/rating/conversations.csv")

    async with desk.sessions() as session:
        last = await AuditRepository(session).last()
    assert last is not None
    assert last.deed == "GET /desk/api/board/{key}/conversations.csv"
    assert last.facts == {"key": "rating"}


async def test_every_number_of_every_day_comes_as_a_table(desk: Desk, log_in: LogIn) -> None:
    await desk.waiting()
    supervisor = await log_in("sue", Role.supervisor)

    answer = await supervisor.get(f"{BOARD}/days.csv", params={"days": 7})

    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert "attachment" in answer.headers["content-disposition"]
    header, *lines = csv.reader(StringIO(answer.text.removeprefix("\ufeff")))
    assert header == ["measure", "day", "value", "count"]
    spans = [one.key for one in measures().values() if not one.is_now]
    assert [line[0] for line in lines[::7]] == spans


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "=HYPERLINK(0)"])
def test_no_cell_is_ever_a_formula(text: str) -> None:
    [_, [cell, number]] = csv.reader(StringIO(table(("a", "b"), [(text, -1.5)])))

    assert cell == f"'{text}"
    assert number == "-1.5"


async def test_what_cannot_be_looked_at_is_refused(log_in: LogIn) -> None:
    supervisor = await log_in("sue", Role.supervisor)

    unknown = await supervisor.get(f"{BOARD}/happiness")
    too_long = await supervisor.get(BOARD, params={"days": 1000})

    assert refusal(unknown) == (404, "unknown_measure")
    assert refusal(too_long) == (422, "invalid")


async def _detail(browser: httpx2.AsyncClient, key: str, language: str) -> dict[str, str]:
    answer = await browser.get(f"{BOARD}/{key}", headers={"Accept-Language": language})
    detail: dict[str, str] = answer.json()
    return detail
