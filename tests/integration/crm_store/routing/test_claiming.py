"""Many want the same customer: one has them, in one process as in several."""

import asyncio
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from crm_store.agents.claiming import Claim, take, take_each
from crm_store.base import utc_now
from crm_store.conversations.models import Kind, Message
from crm_store.db import SessionFactory
from crm_store.errors import AlreadyClaimed, UnknownConversation
from tests.integration.crm_store.routing.stage import a_customer_waits, at_desk

pytestmark = [pytest.mark.integration, pytest.mark.anyio]


async def claims_on_record(sessions: SessionFactory) -> int | None:
    async with sessions() as session:
        claimed = select(func.count()).select_from(Message).where(Message.kind == Kind.claimed)
        return await session.scalar(claimed)


async def test_of_claims_in_transactions_of_their_own_one_wins(sessions: SessionFactory) -> None:
    agents = [await at_desk(sessions, f"Agent {nth}", utc_now()) for nth in range(8)]
    conversation = await a_customer_waits(sessions)

    async def try_it(nth: int) -> int:
        async with sessions.begin() as session:
            return await take(session, conversation, agents[nth])

    answers = await asyncio.gather(*(try_it(nth) for nth in range(8)), return_exceptions=True)

    assert sum(isinstance(answer, int) for answer in answers) == 1
    assert sum(isinstance(answer, AlreadyClaimed) for answer in answers) == 7
    assert await claims_on_record(sessions) == 1


async def test_of_claims_in_two_processes_one_wins(sessions: SessionFactory) -> None:
    agents = [await at_desk(sessions, f"Agent {nth}", utc_now()) for nth in range(8)]
    conversation = await a_customer_waits(sessions)
    claims = [Claim(conversation, agent) for agent in agents]

    here, there = await asyncio.gather(
        take_each(sessions, claims[:4]), take_each(sessions, claims[4:])
    )

    assert sum(isinstance(answer, int) for answer in (*here, *there)) == 1
    assert sum(isinstance(answer, AlreadyClaimed) for answer in (*here, *there)) == 7
    assert await claims_on_record(sessions) == 1


async def test_each_customer_is_taken_whatever_is_wrong_with_another(
    sessions: SessionFactory,
) -> None:
    mia, tom = await at_desk(sessions, "Mia", utc_now()), await at_desk(sessions, "Tom", utc_now())
    first, second = await a_customer_waits(sessions), await a_customer_waits(sessions)

    answers = await take_each(
        sessions,
        [Claim(first, mia), Claim(uuid4(), mia), Claim(first, tom), Claim(second, tom)],
    )

    assert isinstance(answers[0], int)
    assert isinstance(answers[1], UnknownConversation)
    assert isinstance(answers[2], AlreadyClaimed)
    assert isinstance(answers[3], int)
    assert await take_each(sessions, [Claim(first, mia), Claim(first, mia)]) == [answers[0]] * 2
