"""Whoever calls from a number is nobody yet, whoever called from it before."""

from collections.abc import Sequence

import pytest
from sqlalchemy import select

from crm_store.base import utc_now
from crm_store.conversations.models import Conversation
from crm_store.customers.models import Level
from tests.fakes import FakeBot
from tests.integration.channels.phone.running import LineWith, PhoneLine

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

NUMBER = "+4915112345678"


async def test_the_next_caller_on_a_number_inherits_no_proof(line_with: LineWith) -> None:
    async with line_with(FakeBot("Guten Tag, hier ist der KI-Assistent.")) as line:
        await line.knows_ana(NUMBER)
        await _call(line)
        async with line.sessions.begin() as session:
            first = (await session.scalars(select(Conversation))).one()
            first.level, first.level_seen_at = Level.verified, utc_now()

        await _call(line)

        levels = [call.current_level(utc_now()) for call in await _calls(line)]
        assert levels == [Level.verified, Level.claimed]


async def test_calls_from_one_number_are_counted_together_without_keeping_it(
    line_with: LineWith,
) -> None:
    async with line_with(FakeBot("Guten Tag, hier ist der KI-Assistent.")) as line:
        for number in (NUMBER, NUMBER, "+4915187654321", "anonymous"):
            await _call(line, number)

        one, again, other, withheld = await _calls(line)
        assert one.asker == again.asker
        assert len({one.asker, other.asker, withheld.asker}) == 3
        assert withheld.caller_hash is None
        assert NUMBER[1:] not in one.asker


async def _call(line: PhoneLine, number: str = NUMBER) -> None:
    async with line.phone.call(from_=number) as call:
        await call.hears()


async def _calls(line: PhoneLine) -> Sequence[Conversation]:
    async with line.sessions() as session:
        rows = await session.scalars(select(Conversation).order_by(Conversation.created_at))
        return rows.all()
