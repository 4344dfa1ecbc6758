from datetime import timedelta
from uuid import UUID

import pytest

from crm_store.base import Language
from crm_store.db import SessionFactory
from crm_store.outbox.models import OutboxMessage
from crm_store.outbox.repository import FIRST_PAUSE, MOST_ATTEMPTS, OutboxRepository
from tests.builders import NOW, a_customer

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

LEASE = timedelta(seconds=30)


async def test_a_message_is_taken_by_one_at_a_time(sessions: SessionFactory) -> None:
    await _a_message(sessions)

    async with sessions.begin() as one, sessions.begin() as other:
        taken = await OutboxRepository(one).take_due(at=NOW, lease=LEASE)
        left = await OutboxRepository(other).take_due(at=NOW, lease=LEASE)

    assert (len(taken), len(left)) == (1, 0)


async def test_a_message_whose_sender_died_comes_again(sessions: SessionFactory) -> None:
    await _a_message(sessions)
    await _take(sessions)

    assert await _take(sessions, after=LEASE - timedelta(seconds=1)) == []
    assert len(await _take(sessions, after=LEASE)) == 1


@pytest.mark.parametrize(("keep_text", "text"), [(False, ""), (True, "123456")])
async def test_a_sent_message_is_forgotten_unless_it_is_to_be_shown(
    sessions: SessionFactory, keep_text: bool, text: str
) -> None:
    message = await _a_message(sessions)
    await _take(sessions)
    async with sessions.begin() as session:
        await OutboxRepository(session).mark_sent(message, at=NOW, keep_text=keep_text)

    async with sessions() as session:
        assert [shown.text for shown in await OutboxRepository(session).latest()] == [text]
    assert await _take(sessions, after=LEASE) == []


async def test_a_failure_is_tried_again_after_growing_pauses_and_then_given_up(
    sessions: SessionFactory,
) -> None:
    message = await _a_message(sessions)
    elapsed = timedelta()
    for attempt in range(MOST_ATTEMPTS):
        assert len(await _take(sessions, after=elapsed)) == 1
        async with sessions.begin() as session:
            await OutboxRepository(session).retry_later(message, at=NOW + elapsed)
        assert await _take(sessions, after=elapsed) == []
        elapsed += FIRST_PAUSE * 2**attempt

    async with sessions() as session:
        kept = await session.get_one(OutboxMessage, message)
    assert kept.given_up_at is not None
    assert await _take(sessions, after=timedelta(days=1)) == []


async def _a_message(sessions: SessionFactory) -> UUID:
    ana = a_customer()
    async with sessions.begin() as session:
        session.add(ana)
        await session.flush()
        message = OutboxRepository(session).add(ana.contacts[0], Language.en, "123456", at=NOW)
        await session.flush()
        return message.id


async def _take(sessions: SessionFactory, *, after: timedelta = timedelta()) -> list[OutboxMessage]:
    async with sessions.begin() as session:
        return list(await OutboxRepository(session).take_due(at=NOW + after, lease=LEASE))
