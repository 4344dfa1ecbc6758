"""Customers who wait are offered to agents who are free."""

import pytest

from crm_store.agents.claiming import take
from crm_store.base import Language, utc_now
from crm_store.conversations.models import Channel, Handler
from crm_store.db import SessionFactory
from crm_store.errors import OfferGone
from crm_store.handoffs.models import Reason
from crm_store.handoffs.service import close
from crm_store.routing.duty import choose_status
from crm_store.routing.models import Standing, Status
from crm_store.routing.service import accept, decline
from tests.builders import a_customer
from tests.integration.actions.conftest import kept
from tests.integration.crm_store.routing.stage import (
    a_customer_waits,
    at_desk,
    duty_of,
    offer_to,
    offered,
    ringing,
    seconds,
    stays,
    the,
)

pytestmark = [pytest.mark.integration, pytest.mark.anyio]


async def test_who_came_first_is_offered_first_and_to_one_agent(sessions: SessionFactory) -> None:
    now = utc_now()
    mia = await at_desk(sessions, "Mia", now)
    first = await a_customer_waits(sessions)
    await a_customer_waits(sessions)

    assert await offered(sessions, now) == {mia.id: first}
    assert await offered(sessions, now + seconds(5)) == {mia.id: first}


async def test_priority_is_a_head_start_and_nobody_waits_for_ever(
    sessions: SessionFactory,
) -> None:
    now = utc_now()
    mia = await at_desk(sessions, "Mia", now)
    await a_customer_waits(sessions)
    threat = await a_customer_waits(sessions, reason=Reason.legal)

    assert await offered(sessions, now) == {mia.id: threat}


async def test_languages_and_departments_are_matched_at_first(sessions: SessionFactory) -> None:
    now = utc_now()
    mia = await at_desk(sessions, "Mia", now, languages=(Language.de,), skills=("returns",))
    english = await a_customer_waits(sessions, language=Language.en)
    billing = await a_customer_waits(sessions, department="billing")
    german = await a_customer_waits(sessions)

    assert await offered(sessions, now) == {mia.id: german}
    assert {english, billing}.isdisjoint((await ringing(sessions)).values())


async def test_after_a_while_anybody_is_asked(sessions: SessionFactory) -> None:
    now = utc_now()
    mia = await at_desk(sessions, "Mia", now, languages=(Language.de,))
    english = await a_customer_waits(sessions, language=Language.en)
    later = now + seconds(61)
    await stays(sessions, mia, later)

    assert await offered(sessions, now) == {}
    assert await offered(sessions, later) == {mia.id: english}


async def test_whom_the_customer_knows_is_asked_first(sessions: SessionFactory) -> None:
    now, ana = utc_now(), a_customer()
    await kept(sessions, ana)
    tom = await at_desk(sessions, "Tom", now)
    mia = await at_desk(sessions, "Mia", now)
    before = await a_customer_waits(sessions, of=ana)
    async with sessions.begin() as session:
        epoch = await take(session, before, mia)
        await close(session, before, mia, epoch=epoch, outcome="solved", note="")
        await choose_status(session, mia.id, Status.available, at=now)
    again = await a_customer_waits(sessions, of=ana)

    assert await offered(sessions, now) == {mia.id: again}
    assert tom.id not in await ringing(sessions)


async def test_it_rings_for_a_while_and_goes_on_to_the_next(sessions: SessionFactory) -> None:
    now = utc_now()
    mia = await at_desk(sessions, "Mia", now)
    customer = await a_customer_waits(sessions)
    await offered(sessions, now)
    tom = await at_desk(sessions, "Tom", now + seconds(20))
    await stays(sessions, mia, now + seconds(20))

    assert await offered(sessions, now + seconds(19)) == {mia.id: customer}
    assert await offered(sessions, now + seconds(21)) == {tom.id: customer}
    assert (await duty_of(sessions, mia)).missed == 1
    assert (await the(sessions, customer)).handler is Handler.queue


async def test_who_lets_it_pass_keeps_no_customer_from_their_place(
    sessions: SessionFactory,
) -> None:
    now = utc_now()
    mia = await at_desk(sessions, "Mia", now)
    first = await a_customer_waits(sessions)
    await offered(sessions, now)
    async with sessions.begin() as session:
        await decline(session, await offer_to(sessions, mia), mia, at=now)
    second = await a_customer_waits(sessions)
    tom = await at_desk(sessions, "Tom", now)

    assert await offered(sessions, now) == {tom.id: first, mia.id: second}


async def test_whoever_misses_too_many_is_away(sessions: SessionFactory) -> None:
    now = utc_now()
    mia = await at_desk(sessions, "Mia", now)
    await a_customer_waits(sessions)

    for _ in range(3):
        await offered(sessions, now)
        now += seconds(60)
        await stays(sessions, mia, now)
        await offered(sessions, now)
        now += seconds(60)
        await stays(sessions, mia, now)

    duty = await duty_of(sessions, mia)
    assert (duty.status, await offered(sessions, now)) == (Status.away, {})


async def test_one_click_takes_it_and_another_is_too_late(sessions: SessionFactory) -> None:
    now = utc_now()
    mia = await at_desk(sessions, "Mia", now)
    customer = await a_customer_waits(sessions)
    await offered(sessions, now)
    offer = await offer_to(sessions, mia)

    async with sessions.begin() as session:
        taken, epoch = await accept(session, offer, mia, at=now)

    with pytest.raises(OfferGone):
        async with sessions.begin() as session:
            await accept(session, offer, mia, at=now)
    found = await the(sessions, customer)
    assert (taken, epoch, found.agent_id) == (customer, found.epoch, mia.id)


async def test_what_rings_at_one_agent_is_not_anothers_to_accept(sessions: SessionFactory) -> None:
    now = utc_now()
    mia = await at_desk(sessions, "Mia", now)
    await a_customer_waits(sessions)
    await offered(sessions, now)
    tom = await at_desk(sessions, "Tom", now)

    with pytest.raises(OfferGone):
        async with sessions.begin() as session:
            await accept(session, await offer_to(sessions, mia), tom, at=now)


async def test_an_offer_ends_when_somebody_takes_the_customer_from_the_list(
    sessions: SessionFactory,
) -> None:
    now = utc_now()
    await at_desk(sessions, "Mia", now)
    customer = await a_customer_waits(sessions)
    await offered(sessions, now)
    tom = await at_desk(sessions, "Tom", now)
    async with sessions.begin() as session:
        await take(session, customer, tom)

    assert await offered(sessions, now) == {}


@pytest.mark.parametrize("channel", list(Channel))
async def test_an_agent_has_only_so_many_at_once(
    sessions: SessionFactory, channel: Channel
) -> None:
    now = utc_now()
    mia = await at_desk(sessions, "Mia", now, chats=1)
    async with sessions.begin() as session:
        await take(session, await a_customer_waits(sessions, channel=channel), mia)
    await a_customer_waits(sessions)

    assert await offered(sessions, now) == {}


@pytest.mark.parametrize("status", [Status.busy, Status.do_not_disturb, Status.away])
async def test_only_who_is_available_is_offered_anything(
    sessions: SessionFactory, status: Status
) -> None:
    now = utc_now()
    mia = await at_desk(sessions, "Mia", now)
    customer = await a_customer_waits(sessions)
    async with sessions.begin() as session:
        await choose_status(session, mia.id, status, at=now)
    assert await offered(sessions, now) == {}

    async with sessions.begin() as session:
        await choose_status(session, mia.id, Status.available, at=now)

    assert await offered(sessions, now) == {mia.id: customer}


async def test_nothing_is_offered_where_no_page_is_open(sessions: SessionFactory) -> None:
    now = utc_now()
    mia = await at_desk(sessions, "Mia", now)
    await a_customer_waits(sessions)

    assert await offered(sessions, now + seconds(31)) == {}
    duty = await duty_of(sessions, mia)
    assert duty.standing(now + seconds(31), seconds(30)) is Standing.gone


async def test_wrapping_up_ends_by_itself(sessions: SessionFactory) -> None:
    now = utc_now()
    mia = await at_desk(sessions, "Mia", now)
    done = await a_customer_waits(sessions)
    async with sessions.begin() as session:
        epoch = await take(session, done, mia)
        await close(session, done, mia, epoch=epoch, outcome="solved", note="")
    customer = await a_customer_waits(sessions)
    soon, later = utc_now() + seconds(10), utc_now() + seconds(31)
    await stays(sessions, mia, later)

    assert (await duty_of(sessions, mia)).standing(soon, seconds(60)) is Standing.wrap_up
    assert await offered(sessions, soon) == {}
    assert await offered(sessions, later) == {mia.id: customer}
