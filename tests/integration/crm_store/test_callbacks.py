from datetime import timedelta

import pytest
from sqlalchemy import select

from crm_store.callbacks.models import CallbackRequest, CallbackState
from crm_store.callbacks.repository import CallbackRepository, Wanted
from crm_store.customers.models import Level
from crm_store.db import SessionFactory
from crm_store.errors import LevelTooLow
from crm_store.insight.models import Event
from crm_store.strategy.repository import PolicyRepository
from tests.builders import NOW, a_conversation, a_customer
from tests.integration.actions.conftest import kept

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

WANTED = Wanted("+491713920017", NOW, "an invoice")


async def test_a_call_is_promised_to_anybody_with_a_number_of_its_own(
    sessions: SessionFactory,
) -> None:
    somebody = a_conversation()
    await kept(sessions, somebody)

    async with sessions.begin() as session:
        await CallbackRepository(session).ask(somebody, WANTED, at=NOW)

    async with sessions() as session:
        request = (await session.scalars(select(CallbackRequest))).one()
        fact = (await session.scalars(select(Event))).one()
    assert request.number.startswith("T-")
    assert (request.state, request.phone, request.due_at) == ("asked", WANTED.phone, NOW)
    assert (fact.kind, fact.facts["callback"]) == ("callback_asked", request.number)


async def test_a_conversation_has_one_call_to_come(sessions: SessionFactory) -> None:
    somebody = a_conversation()
    await kept(sessions, somebody)
    async with sessions.begin() as session:
        await CallbackRepository(session).ask(somebody, WANTED, at=NOW)

    async with sessions.begin() as session:
        await CallbackRepository(session).ask(somebody, WANTED, at=NOW)

    async with sessions() as session:
        states = (
            await session.scalars(select(CallbackRequest.state).order_by(CallbackRequest.number))
        ).all()
    assert states == [CallbackState.withdrawn, CallbackState.asked]


async def test_a_full_hour_is_passed_over(sessions: SessionFactory) -> None:
    async with sessions.begin() as session:
        policies = PolicyRepository(session)
        await policies.change("callback", {"most_per_hour": 1}, at=NOW)
    somebody = a_conversation()
    await kept(sessions, somebody)
    async with sessions.begin() as session:
        await CallbackRepository(session).ask(somebody, WANTED, at=NOW)

    async with sessions() as session:
        free = await CallbackRepository(session).first_free(NOW + timedelta(minutes=10))

    assert free == NOW + timedelta(hours=1)


async def test_a_withdrawn_call_takes_no_room(sessions: SessionFactory) -> None:
    async with sessions.begin() as session:
        await PolicyRepository(session).change("callback", {"most_per_hour": 1}, at=NOW)
    somebody = a_conversation()
    await kept(sessions, somebody)
    async with sessions.begin() as session:
        await CallbackRepository(session).ask(somebody, WANTED, at=NOW)
        await CallbackRepository(session).withdraw(somebody, at=NOW)

    async with sessions() as session:
        assert await CallbackRepository(session).first_free(NOW) == NOW


async def test_the_number_on_file_is_for_its_owner_alone(sessions: SessionFactory) -> None:
    ana = a_customer(phone="+491713920017")
    claimed = a_conversation(of=ana, level=Level.claimed)
    proved = a_conversation(of=ana, level=Level.verified)
    await kept(sessions, ana, claimed, proved)

    async with sessions() as session:
        callbacks = CallbackRepository(session)
        assert await callbacks.number_on_file(proved, at=NOW) == "+491713920017"
        with pytest.raises(LevelTooLow):
            await callbacks.number_on_file(claimed, at=NOW)
