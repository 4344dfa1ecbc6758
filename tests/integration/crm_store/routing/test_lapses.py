"""An agent whose page is gone loses their customers, who wait again at their old place."""

from datetime import datetime
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, update

from crm_store.agents.answering import reply
from crm_store.agents.claiming import take
from crm_store.agents.models import Agent
from crm_store.base import utc_now
from crm_store.conversations.models import Channel, Handler, Kind, Message
from crm_store.db import SessionFactory
from crm_store.errors import LateWrite
from crm_store.handoffs.models import Handoff
from crm_store.handoffs.repository import HandoffRepository
from crm_store.handoffs.service import close, lapse, transfer
from crm_store.legs.models import Leg, LegState, Part
from crm_store.routing.models import Duty
from tests.integration.crm_store.routing.stage import (
    a_customer_waits,
    at_desk,
    offered,
    seconds,
    stays,
    the,
)

pytestmark = [pytest.mark.integration, pytest.mark.anyio]


async def taken(sessions: SessionFactory, conversation: UUID, agent: Agent) -> int:
    async with sessions.begin() as session:
        return await take(session, conversation, agent)


async def lapsed(sessions: SessionFactory, conversation: UUID, gone_since: datetime) -> bool:
    async with sessions.begin() as session:
        return await lapse(session, conversation, gone_since=gone_since)


async def abandoned(sessions: SessionFactory, gone_since: datetime) -> list[UUID]:
    async with sessions() as session:
        return list(await HandoffRepository(session).abandoned(gone_since=gone_since))


async def test_the_customer_of_who_is_gone_waits_again_at_their_old_place(
    sessions: SessionFactory,
) -> None:
    now = utc_now()
    mia = await at_desk(sessions, "Mia", now)
    first = await a_customer_waits(sessions)
    await a_customer_waits(sessions)
    await taken(sessions, first, mia)
    later = utc_now() + seconds(100)

    assert await abandoned(sessions, later - seconds(90)) == [first]
    assert await lapsed(sessions, first, later - seconds(90))
    assert not await lapsed(sessions, first, later - seconds(90))

    found = await the(sessions, first)
    assert (found.handler, found.agent_id) == (Handler.queue, None)
    async with sessions() as session:
        last = select(Message).where(Message.conversation_id == first).order_by(Message.seq.desc())
        told = (await session.scalars(last.limit(1))).one()
    assert (told.kind, told.agent_id, told.for_customer) == (Kind.lapsed, mia.id, True)
    tom = await at_desk(sessions, "Tom", later)
    assert await offered(sessions, later) == {tom.id: first}


async def test_what_a_former_owner_still_sends_is_refused(sessions: SessionFactory) -> None:
    mia = await at_desk(sessions, "Mia", utc_now())
    customer = await a_customer_waits(sessions)
    epoch = await taken(sessions, customer, mia)
    await lapsed(sessions, customer, utc_now() + seconds(10))
    again = await taken(sessions, customer, mia)

    for late in (epoch, again - 1):
        async with sessions() as session:
            with pytest.raises(LateWrite):
                await reply(session, customer, mia, epoch=late, client_id=str(uuid4()), text="late")
        async with sessions() as session:
            with pytest.raises(LateWrite):
                await close(session, customer, mia, epoch=late, outcome="solved", note="")


async def test_whose_page_is_open_keeps_their_customers(sessions: SessionFactory) -> None:
    mia = await at_desk(sessions, "Mia", utc_now())
    customer = await a_customer_waits(sessions)
    await taken(sessions, customer, mia)
    gone_since = utc_now() + seconds(10)
    await stays(sessions, mia, gone_since + seconds(60))

    assert await abandoned(sessions, gone_since) == []
    assert not await lapsed(sessions, customer, gone_since)


async def test_whoever_speaks_by_telephone_needs_no_page(sessions: SessionFactory) -> None:
    mia = await at_desk(sessions, "Mia", utc_now())
    caller = await a_customer_waits(sessions, channel=Channel.phone)
    epoch = await taken(sessions, caller, mia)
    leg = Leg(
        conversation_id=caller,
        room="r",
        part=Part.agent,
        agent_id=mia.id,
        epoch=epoch,
        state=LegState.joined,
    )
    async with sessions.begin() as session:
        session.add(leg)

    assert await abandoned(sessions, utc_now() + seconds(10)) == []


async def test_whoever_a_customer_is_passed_to_is_given_time_to_come(
    sessions: SessionFactory,
) -> None:
    mia = await at_desk(sessions, "Mia", utc_now())
    tom = await at_desk(sessions, "Tom", utc_now() - seconds(600))
    customer = await a_customer_waits(sessions)
    epoch = await taken(sessions, customer, mia)
    async with sessions.begin() as session:
        await session.execute(update(Handoff).values(held_since=utc_now() - seconds(600)))
        await transfer(session, customer, mia, tom, epoch=epoch, note="")

    assert await abandoned(sessions, utc_now() - seconds(90)) == []
    assert await abandoned(sessions, utc_now() + seconds(10)) == [customer]
    async with sessions() as session:
        assert (await session.scalars(select(Duty.agent_id))).all()
