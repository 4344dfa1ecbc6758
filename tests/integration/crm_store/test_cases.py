"""Cases of the desk: promised, tagged, postponed, and back by themselves when they are due."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from crm_store.agents.models import Agent
from crm_store.cases.models import LONGEST_TAG, MOST_TAGS, Case, CaseKind, CaseState
from crm_store.cases.repository import CaseRepository
from crm_store.cases.steps import Change, Opening, change_case, open_case
from crm_store.conversations.models import Conversation
from crm_store.customers.models import Level
from crm_store.db import SessionFactory
from crm_store.errors import CaseClosed, UnknownCase
from tests.builders import NOW, a_conversation, a_customer
from tests.integration.actions.conftest import kept

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

TOMORROW = NOW + timedelta(days=1)


async def test_a_promise_comes_back_when_it_is_due(sessions: SessionFactory) -> None:
    hers, mia, tom = await talk(sessions)
    case = await promised(sessions, hers, mia)

    assert await due(sessions, mia, TOMORROW) == []
    assert await due(sessions, mia, TOMORROW + timedelta(seconds=1)) == [case.number]
    assert await due(sessions, tom, TOMORROW + timedelta(days=9)) == []


async def test_what_is_nobodys_is_everybodys(sessions: SessionFactory) -> None:
    hers, mia, tom = await talk(sessions)
    case = await promised(sessions, hers, mia)

    await changed(sessions, case, mia, Change(mine=False))

    assert await due(sessions, tom, TOMORROW + timedelta(days=1)) == [case.number]


async def test_what_is_settled_comes_back_no_more_until_it_is_opened_again(
    sessions: SessionFactory,
) -> None:
    hers, mia, _ = await talk(sessions)
    case = await promised(sessions, hers, mia)
    later = TOMORROW + timedelta(days=9)

    closed = await changed(sessions, case, mia, Change(state=CaseState.closed))
    with pytest.raises(CaseClosed):
        await changed(sessions, case, mia, Change(due=later))
    none = await due(sessions, mia, later)
    waiting = await changed(sessions, case, mia, Change(state=CaseState.waiting, due=TOMORROW))

    assert (closed.closed_at, none) == (NOW, [])
    assert (waiting.closed_at, waiting.state) == (None, CaseState.waiting)
    assert await due(sessions, mia, later) == [case.number]


async def test_a_tag_is_kept_once_in_small_letters(sessions: SessionFactory) -> None:
    hers, mia, _ = await talk(sessions)
    case = await promised(sessions, hers, mia, tags=["Kulanz", " kulanz ", "zwei  Worte", " "])

    many = await changed(sessions, case, mia, Change(tags=[f"{n}" * 50 for n in range(12)]))

    assert case.tags == ["kulanz", "zwei worte"]
    assert len(many.tags) == MOST_TAGS
    assert {len(tag) for tag in many.tags} == {LONGEST_TAG}


async def test_a_promise_of_an_agents_is_not_told_as_the_customers_case(
    sessions: SessionFactory,
) -> None:
    hers, mia, _ = await talk(sessions)
    await promised(sessions, hers, mia)

    async with sessions() as session:
        assert await CaseRepository(session).open_of(hers, at=NOW) == []


async def test_there_is_no_other_case(sessions: SessionFactory) -> None:
    _, mia, _ = await talk(sessions)

    with pytest.raises(UnknownCase):
        await changed(sessions, Case(id=uuid4()), mia, Change(mine=True))


async def talk(sessions: SessionFactory) -> tuple[Conversation, Agent, Agent]:
    ana = a_customer()
    hers = a_conversation(of=ana, level=Level.verified)
    mia, tom = (
        Agent(id=uuid4(), login=name, name=name.title(), password_hash="x")
        for name in ("mia", "tom")
    )
    await kept(sessions, ana, hers, mia, tom)
    return hers, mia, tom


async def promised(
    sessions: SessionFactory, hers: Conversation, by: Agent, tags: Sequence[str] = ()
) -> Case:
    opening = Opening(CaseKind.follow_up, "Wir melden uns.", TOMORROW, tags)
    async with sessions.begin() as session:
        return await open_case(session, hers.id, by, opening, at=NOW)


async def changed(sessions: SessionFactory, case: Case, by: Agent, change: Change) -> Case:
    async with sessions.begin() as session:
        return await change_case(session, case.id, by, change, at=NOW)


async def due(sessions: SessionFactory, of: Agent, before: datetime) -> list[str]:
    async with sessions() as session:
        found = await CaseRepository(session).due(before=before)
    return [one.case.number for one in found if one.is_for(of.id)]
