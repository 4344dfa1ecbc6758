"""Relays that lose their socket and open another: the call goes on as if nothing had happened."""

import pytest
from sqlalchemy import select

from crm_store.base import utc_now
from crm_store.calls.models import CallRelay
from crm_store.calls.repository import CallRepository
from tests.fakes import FakeBot
from tests.integration.channels.phone.running import GREETING, LineWith, PhoneLine

pytestmark = [pytest.mark.integration, pytest.mark.anyio]


async def the_relay(line: PhoneLine) -> CallRelay:
    async with line.sessions() as session:
        return (await session.scalars(select(CallRelay))).one()


async def test_a_relay_that_returns_goes_on_where_it_was(returning_line_with: LineWith) -> None:
    bot = FakeBot(GREETING, "Eins.", "Zwei.")

    async with returning_line_with(bot) as line, line.phone.call() as call:
        await call.hears()
        await call.says("Eins")
        first = await call.hears()
        await line.has_noted(4)
        await call.loses_connection()
        await call.says("Zwei")
        second = await call.hears()
        relay = await the_relay(line)

    assert (first, second) == ("Eins.", "Zwei.")
    assert bot.heard == ["", "Eins", "Zwei"]
    assert (relay.openings, relay.failed_at) == (2, None)


async def test_a_ticket_that_was_used_lets_in_its_own_session_alone(
    returning_line_with: LineWith,
) -> None:
    async with returning_line_with(FakeBot(GREETING)) as line, line.phone.call() as call:
        await call.hears()
        await call.says("Hallo")
        await call.hears()
        relay = await the_relay(line)
        async with line.sessions.begin() as session:
            calls, now = CallRepository(session), utc_now()
            other = await calls.admit(
                relay.call, relay.ticket, session="VX" + "0" * 32, returns=True, at=now
            )
            own = await calls.admit(
                relay.call, relay.ticket, session=relay.session or "", returns=False, at=now
            )

    assert (other, own) == (None, None)


async def test_a_socket_that_was_followed_by_another_notes_nothing(
    returning_line_with: LineWith,
) -> None:
    async with returning_line_with(FakeBot(GREETING, "Eins.")) as line, line.phone.call() as call:
        await call.hears()
        await call.says("Eins")
        await call.hears()
        await line.has_noted(4)
        before = await the_relay(line)
        async with line.sessions.begin() as session:
            calls = CallRepository(session)
            after = await calls.admit(
                before.call,
                before.ticket,
                session=before.session or "",
                returns=True,
                at=utc_now(),
            )
        async with line.sessions.begin() as session:
            late = await CallRepository(session).told(before, 99)

        assert after is not None
        assert (late, (await the_relay(line)).position) == (False, 4)
