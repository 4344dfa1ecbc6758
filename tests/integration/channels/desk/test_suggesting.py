"""At the desk: what may be suggested to the customer, and all that led to it."""

from typing import Any
from uuid import UUID, uuid4

import httpx2
import pytest
from sqlalchemy import func, select

from crm_store.base import utc_now
from crm_store.cases.models import CaseKind
from crm_store.cases.repository import CaseRepository
from crm_store.conversations.models import Author, Conversation
from crm_store.conversations.repository import ConversationRepository
from crm_store.insight.models import Event
from crm_store.interests.repository import InterestRepository
from crm_store.suggestions.models import Place, Suggestion
from crm_store.suggestions.outside import looked_at
from tests.integration.channels.desk.running import Desk, LogIn, refusal
from tests.integration.crm_store.suggestions.shop import fill

pytestmark = [pytest.mark.integration, pytest.mark.anyio]


async def test_an_agent_sees_what_fits_and_the_whole_way_there(desk: Desk, log_in: LogIn) -> None:
    await fill(desk.sessions)
    waiting = await desk.waiting()
    await _likes(desk, waiting, "Verdi")

    told = await _asks(await log_in("mia"), waiting)

    assert len(told["suggestions"]) == 3
    first = told["suggestions"][0]
    assert first["reason"] == "weil Sie Giuseppe Verdi mögen"
    assert (first["derivation"]["wish"], first["model"]) == ("Verdi", "hashing")
    assert first["derivation"]["score"] > 0
    [ground] = told["grounds"]
    assert (ground["text"], ground["source"]) == ("Verdi", "stated")
    assert ground["said"]["text"] == "Ich liebe Verdi"
    assert (told["unwelcome"], told["looks_at"]) == (False, False)


async def test_to_look_again_is_no_second_showing_unless_there_is_a_new_ground(
    desk: Desk, log_in: LogIn
) -> None:
    await fill(desk.sessions)
    waiting = await desk.waiting()
    await _likes(desk, waiting, "Verdi")
    agent = await log_in("mia")

    first, again = [await _asks(agent, waiting) for _ in range(2)]
    await _likes(desk, waiting, "Puccini")
    other = await _asks(agent, waiting)

    assert again == first
    assert other["suggestions"][0]["title"] == "Tosca"
    async with desk.sessions() as session:
        rows = list(await session.scalars(select(Suggestion)))
    assert {row.place for row in rows} == {Place.desk}
    assert len(rows) == len(first["suggestions"]) + len(other["suggestions"])


async def test_what_an_agent_is_shown_is_not_told_as_suggested_to_the_customer(
    desk: Desk, log_in: LogIn
) -> None:
    await fill(desk.sessions)
    waiting = await desk.waiting()
    await _likes(desk, waiting, "Verdi")
    agent = await log_in("mia")
    await _asks(agent, waiting)

    story = (await agent.get(f"/desk/api/conversations/{waiting}")).json()

    assert story["suggestions"] == []


async def test_without_an_interest_it_goes_by_what_the_customer_looks_at(
    desk: Desk, log_in: LogIn
) -> None:
    await fill(desk.sessions)
    waiting = await desk.waiting()
    async with desk.sessions.begin() as session:
        await looked_at(session, "SKU-AIDA", visitor="v1")

    told = await _asks(await log_in("mia"), waiting)

    assert told["looks_at"]
    assert told["suggestions"][0]["reason"] == "auch von Giuseppe Verdi"


async def test_nothing_known_is_nothing_to_suggest(desk: Desk, log_in: LogIn) -> None:
    await fill(desk.sessions)

    told = await _asks(await log_in("mia"), await desk.waiting())

    assert told == {"suggestions": [], "grounds": [], "looks_at": False, "unwelcome": False}


async def test_after_a_complaint_the_agent_is_told_why_there_is_none(
    desk: Desk, log_in: LogIn
) -> None:
    await fill(desk.sessions)
    waiting = await desk.waiting()
    await _likes(desk, waiting, "Verdi")
    async with desk.sessions.begin() as session:
        talk = await session.get_one(Conversation, waiting)
        await CaseRepository(session).open(talk, CaseKind.complaint, "Broken.", at=utc_now())

    told = await _asks(await log_in("mia"), waiting)

    assert (told["suggestions"], told["unwelcome"]) == ([], True)


async def test_it_is_put_on_record_that_an_agent_suggests(desk: Desk, log_in: LogIn) -> None:
    await fill(desk.sessions)
    waiting, another = await desk.waiting(), await desk.waiting("k2")
    await _likes(desk, waiting, "Verdi")
    agent = await log_in("mia")
    [one, *_] = (await _asks(agent, waiting))["suggestions"]

    said = await agent.post(_path(waiting, one["suggestion"]))
    elsewhere = await agent.post(_path(another, one["suggestion"]))
    unknown = await agent.post(_path(waiting, str(uuid4())))

    assert said.status_code == 204
    assert [refusal(answer) for answer in (elsewhere, unknown)] == [(409, "refused")] * 2
    async with desk.sessions() as session:
        kept = await session.scalar(
            select(func.count()).where(Event.kind == "suggestion_offered_by_agent")
        )
    assert kept == 1


async def test_what_the_customer_says_to_it_is_shown_and_on_record(
    desk: Desk, log_in: LogIn
) -> None:
    await fill(desk.sessions)
    waiting, another = await desk.waiting(), await desk.waiting("k2")
    await _likes(desk, waiting, "Verdi")
    agent = await log_in("mia")
    first, second, _ = (await _asks(agent, waiting))["suggestions"]

    await agent.post(_path(waiting, first["suggestion"]))
    for outcome in ("declined", "accepted"):
        await agent.post(_outcome(waiting, first["suggestion"]), json={"outcome": outcome})
    await agent.post(_outcome(waiting, second["suggestion"]), json={"outcome": "declined"})
    elsewhere = await agent.post(
        _outcome(another, first["suggestion"]), json={"outcome": "declined"}
    )
    bought = await agent.post(_outcome(waiting, first["suggestion"]), json={"outcome": "bought"})
    again = (await _asks(agent, waiting))["suggestions"]

    assert [(one["offered"], one["outcome"]) for one in again] == [
        (True, "accepted"),
        (False, "declined"),
        (False, "shown"),
    ]
    assert refusal(elsewhere) == (409, "refused")
    assert refusal(bought) == (422, "invalid")


async def test_nobody_asks_without_a_login(desk: Desk) -> None:
    waiting = await desk.waiting()

    async with desk.browser() as stranger:
        answer = await stranger.post(f"/desk/api/conversations/{waiting}/suggestions")

    assert refusal(answer) == (401, "login_needed")


def _path(conversation: UUID, suggestion: str) -> str:
    return f"/desk/api/conversations/{conversation}/suggestions/{suggestion}/offered"


def _outcome(conversation: UUID, suggestion: str) -> str:
    return f"/desk/api/conversations/{conversation}/suggestions/{suggestion}/outcome"


async def _likes(desk: Desk, conversation: UUID, what: str) -> None:
    async with desk.sessions.begin() as session:
        conversations = ConversationRepository(session)
        talk = await conversations.lock(conversation)
        said = conversations.add(talk, Author.customer, f"Ich liebe {what}")
        InterestRepository(session).state(talk, what, at=utc_now(), message_id=said.id)


async def _asks(agent: httpx2.AsyncClient, conversation: UUID) -> dict[str, Any]:
    answer = await agent.post(f"/desk/api/conversations/{conversation}/suggestions")
    assert answer.status_code == 200
    told: dict[str, Any] = answer.json()
    return told
