"""A wish to be forgotten waits, can be taken back, and is then fulfilled."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.conversations.models import Conversation
from crm_store.customers.models import Customer, Level
from crm_store.db import SessionFactory
from crm_store.errors import ErasureIsOver, LevelTooLow
from crm_store.insight.models import Event
from crm_store.orders.models import OrderState
from crm_store.privacy.models import ErasureRequest
from crm_store.privacy.requests import ErasureRepository
from crm_store.strategy.policies import policies
from tests.builders import NOW, a_conversation, a_customer, an_order

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

DUE = NOW + timedelta(days=policies({}).privacy.erasure_days)


async def test_it_is_due_after_the_shops_time_and_not_before(sessions: SessionFactory) -> None:
    ana, hers = await _ana(sessions)
    await _ask(sessions, hers)

    assert await _due(sessions, DUE - timedelta(seconds=1)) == []
    assert await _due(sessions, DUE) == [ana.id]


async def test_once_asked_is_enough(sessions: SessionFactory) -> None:
    _, hers = await _ana(sessions)

    await _ask(sessions, hers)
    await _ask(sessions, hers)

    async with sessions() as session:
        assert await session.scalar(select(func.count()).select_from(ErasureRequest)) == 1


async def test_it_can_be_taken_back_once(sessions: SessionFactory) -> None:
    ana, hers = await _ana(sessions)
    await _ask(sessions, hers)

    await _withdraw(sessions, hers)

    with pytest.raises(ErasureIsOver):
        await _withdraw(sessions, hers)
    await _fulfil(sessions, ana, DUE)
    assert (await _again(sessions, ana)).given_name == "Ana"


async def test_it_is_mentioned_once(sessions: SessionFactory) -> None:
    _, hers = await _ana(sessions)
    await _ask(sessions, hers)

    mentioned = [await _mention(sessions, hers), await _mention(sessions, hers)]

    assert [request is not None for request in mentioned] == [True, False]


async def test_what_is_due_is_done_and_noted_without_a_name(sessions: SessionFactory) -> None:
    ana, hers = await _ana(sessions)
    async with sessions.begin() as session:
        session.add(an_order(ana, state=OrderState.delivered))
    await _ask(sessions, hers)

    await _fulfil(sessions, ana, DUE)

    nobody = await _again(sessions, ana)
    assert (nobody.given_name, nobody.family_name) == ("", "")
    assert nobody.number != ana.number
    assert await _due(sessions, DUE) == []
    async with sessions() as session:
        done = (await session.scalars(select(Event).where(Event.kind == "customer_erased"))).one()
    assert done.customer_id is None


async def test_what_is_not_due_is_not_done(sessions: SessionFactory) -> None:
    ana, hers = await _ana(sessions)
    await _ask(sessions, hers)

    await _fulfil(sessions, ana, DUE - timedelta(seconds=1))

    assert (await _again(sessions, ana)).given_name == "Ana"


async def test_an_order_under_way_arrives_first(sessions: SessionFactory) -> None:
    ana, hers = await _ana(sessions)
    async with sessions.begin() as session:
        session.add(an_order(ana, state=OrderState.shipped))
    await _ask(sessions, hers)

    await _fulfil(sessions, ana, DUE)

    assert await _due(sessions, DUE) == []
    assert (await _again(sessions, ana)).given_name == "Ana"


async def test_a_stranger_has_nobody_forgotten(sessions: SessionFactory) -> None:
    ana, _ = await _ana(sessions)
    caller = a_conversation(of=ana, level=Level.claimed)
    async with sessions.begin() as session:
        session.add(caller)

    with pytest.raises(LevelTooLow):
        await _ask(sessions, caller)


async def _ana(sessions: SessionFactory) -> tuple[Customer, Conversation]:
    ana = a_customer()
    hers = a_conversation(of=ana, level=Level.verified)
    async with sessions.begin() as session:
        session.add(ana)
        await session.flush()
        session.add(hers)
    return ana, hers


async def _fresh(session: AsyncSession, conversation: Conversation) -> Conversation:
    return await session.get_one(Conversation, conversation.id)


async def _again(sessions: SessionFactory, customer: Customer) -> Customer:
    async with sessions() as session:
        return await session.get_one(Customer, customer.id)


async def _ask(sessions: SessionFactory, conversation: Conversation) -> None:
    async with sessions.begin() as session:
        await ErasureRepository(session).ask(await _fresh(session, conversation), at=NOW)


async def _withdraw(sessions: SessionFactory, conversation: Conversation) -> None:
    async with sessions.begin() as session:
        await ErasureRepository(session).withdraw(await _fresh(session, conversation), at=NOW)


async def _mention(sessions: SessionFactory, conversation: Conversation) -> ErasureRequest | None:
    async with sessions.begin() as session:
        return await ErasureRepository(session).mention(await _fresh(session, conversation), at=NOW)


async def _fulfil(sessions: SessionFactory, customer: Customer, at: datetime) -> None:
    async with sessions.begin() as session:
        await ErasureRepository(session).fulfil(customer.id, at=at)


async def _due(sessions: SessionFactory, at: datetime) -> list[object]:
    async with sessions() as session:
        return list(await ErasureRepository(session).due(at=at))
