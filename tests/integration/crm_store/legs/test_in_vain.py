"""Callers for whom nobody comes."""

from datetime import timedelta

import pytest

from crm_store.base import utc_now
from crm_store.conversations.models import Handler, Kind
from crm_store.db import SessionFactory
from crm_store.handoffs.repository import HandoffRepository
from crm_store.handoffs.service import take_back
from crm_store.legs import service as legs
from crm_store.legs.models import LegState
from tests.integration.crm_store.legs.test_legs import (
    a_caller,
    an_agent,
    rung,
    steps,
    the_conversation,
)

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

LATER = timedelta(minutes=10)


async def test_the_assistant_takes_back_whoever_waited_too_long_once(
    sessions: SessionFactory,
) -> None:
    caller = await a_caller(sessions)
    taken = []

    for before in (utc_now() - LATER, utc_now() + LATER, utc_now() + LATER):
        async with sessions.begin() as session:
            taken.append(await take_back(session, caller.id, before=before))

    assert taken == [False, True, False]
    assert (await the_conversation(sessions, caller)).handler is Handler.bot
    assert await steps(sessions) == [Kind.handed_off, Kind.unanswered]


async def test_nobody_waits_in_vain_while_an_agent_is_rung(sessions: SessionFactory) -> None:
    caller, mia = await a_caller(sessions), await an_agent(sessions, "Mia")
    leg = await rung(sessions, caller, mia)

    found = []
    for _ in range(2):
        async with sessions.begin() as session:
            repository = HandoffRepository(session)
            found.append(await repository.in_vain(before=utc_now() + LATER))
            await legs.put_down(session, leg.id, LegState.missed)

    assert found == [[], [caller.id]]


async def test_a_telephone_in_vain_rings_as_often_as_the_shop_has_decided(
    sessions: SessionFactory,
) -> None:
    caller, mia = await a_caller(sessions), await an_agent(sessions, "Mia")
    leg = await rung(sessions, caller, mia)

    attempts = []
    while True:
        async with sessions.begin() as session:
            await legs.put_down(session, leg.id, LegState.missed)
        async with sessions.begin() as session:
            again = await legs.ring_again(session, leg.id, tries=3)
        if again is None:
            break
        leg = again[0]
        attempts.append(leg.attempt)

    assert attempts == [2, 3]


async def test_whoever_declines_is_not_rung_again(sessions: SessionFactory) -> None:
    caller, mia = await a_caller(sessions), await an_agent(sessions, "Mia")
    leg = await rung(sessions, caller, mia)
    async with sessions.begin() as session:
        await legs.put_down(session, leg.id, LegState.declined)

    async with sessions.begin() as session:
        assert await legs.ring_again(session, leg.id, tries=3) is None
