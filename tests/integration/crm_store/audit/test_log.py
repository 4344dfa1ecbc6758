"""The audit log in the store."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from crm_store.audit.repository import CONSOLE, KEPT_FOR, AuditRepository
from crm_store.base import Language, utc_now
from crm_store.conversations.models import Channel, ConversationRef
from crm_store.conversations.repository import ConversationRepository
from crm_store.db import SessionFactory

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

MEDDLING = (
    "UPDATE audit_entries SET deed = 'nothing at all'",
    "DELETE FROM audit_entries",
    "TRUNCATE audit_entries",
    "UPDATE audit_slips SET deed = 'nothing at all'",
    "DELETE FROM audit_slips",
    "TRUNCATE audit_slips",
)


@pytest.mark.parametrize("meddling", MEDDLING)
async def test_nobody_changes_an_entry(sessions: SessionFactory, meddling: str) -> None:
    await _record(sessions, "login")
    await _chain(sessions)
    await _record(sessions, "logout")

    with pytest.raises(DBAPIError, match="only ever added to"):
        async with sessions.begin() as session:
            await session.execute(text(meddling))


async def test_whoever_gets_around_that_is_found_out(sessions: SessionFactory) -> None:
    for deed in ("login", "customer exported", "logout"):
        await _record(sessions, deed)
    await _chain(sessions)
    async with sessions.begin() as session:
        await session.execute(text("ALTER TABLE audit_entries DISABLE TRIGGER USER"))
        await session.execute(text("UPDATE audit_entries SET deed = 'logout' WHERE number = 2"))
        await session.execute(text("ALTER TABLE audit_entries ENABLE TRIGGER USER"))

    async with sessions() as session:
        broken = [one.number async for one in AuditRepository(session).breaks()]

    assert broken == [2]


async def test_deeds_at_once_make_one_chain(sessions: SessionFactory) -> None:
    await asyncio.gather(*(_record(sessions, "login") for _ in range(10)))

    async with sessions() as session:
        log = AuditRepository(session)
        broken = [one async for one in log.breaks()]
        last = await log.last()

    assert broken == []
    assert last is not None
    assert last.number == 10


async def test_nobody_who_writes_a_deed_down_waits_for_another(sessions: SessionFactory) -> None:
    async with sessions.begin() as slow:
        await AuditRepository(slow).record("policy set", CONSOLE)
        async with asyncio.timeout(5):
            await _record(sessions, "login")
            await _chain(sessions)
    await _chain(sessions)

    async with sessions() as session:
        log = AuditRepository(session)
        entries = await log.about(most=10)
        broken = [one async for one in log.breaks()]

    assert [one.deed for one in entries] == ["login", "policy set"]
    assert broken == []


async def test_processes_that_chain_at_once_make_one_chain(sessions: SessionFactory) -> None:
    for nth in range(10):
        await _record(sessions, f"deed {nth}")

    await asyncio.gather(*(_chain(sessions) for _ in range(4)))

    async with sessions() as session:
        log = AuditRepository(session)
        entries = await log.about(most=20)
        broken = [one async for one in log.breaks()]
        behind = await log.is_behind()
    assert [one.deed for one in entries] == [f"deed {nth}" for nth in range(10)]
    assert (broken, behind) == ([], False)


async def test_an_undone_deed_leaves_no_gap(sessions: SessionFactory) -> None:
    await _record(sessions, "login")
    async with sessions() as session:
        await AuditRepository(session).record("policy set", CONSOLE)
        await session.rollback()
    await _record(sessions, "logout")

    async with sessions() as session:
        entries = await AuditRepository(session).about(most=10)

    assert [(one.number, one.deed) for one in entries] == [(1, "login"), (2, "logout")]


async def test_old_entries_are_let_go_and_the_rest_holds(sessions: SessionFactory) -> None:
    long_ago = utc_now() - KEPT_FOR - timedelta(days=1)
    async with sessions.begin() as session:
        await AuditRepository(session).record("login", CONSOLE, at=long_ago)
    await _record(sessions, "logout")

    async with sessions.begin() as session:
        log = AuditRepository(session)
        await log.forget(at=utc_now())
        kept = [one.number for one in await log.about(most=10)]
        broken = [one async for one in log.breaks()]

    assert (kept, broken) == ([2], [])


async def test_what_is_let_go_leaves_no_gap_where_deeds_were_chained_out_of_order(
    sessions: SessionFactory,
) -> None:
    long_ago = utc_now() - KEPT_FOR - timedelta(days=1)
    for at in (long_ago, utc_now(), long_ago, utc_now()):
        async with sessions.begin() as session:
            await AuditRepository(session).record("login", CONSOLE, at=at)

    async with sessions.begin() as session:
        log = AuditRepository(session)
        await log.forget(at=utc_now())
        kept = [one.number for one in await log.about(most=10)]
        broken = [one async for one in log.breaks()]

    assert (kept, broken) == ([2, 3, 4], [])


async def test_the_log_outlives_a_conversation(sessions: SessionFactory) -> None:
    async with sessions.begin() as session:
        ref = ConversationRef(Channel.chat, "k1")
        conversation = await ConversationRepository(session).start(ref, Language.de)
        await AuditRepository(session).record("claim", CONSOLE, conversation=conversation.id)
        await session.delete(conversation)

    async with sessions() as session:
        log = AuditRepository(session)
        (entry,) = await log.about(most=10)
        broken = [one async for one in log.breaks()]

    assert entry.conversation_id == conversation.id
    assert broken == []


async def _record(sessions: SessionFactory, deed: str) -> None:
    async with sessions.begin() as session:
        await AuditRepository(session).record(deed, CONSOLE)


async def _chain(sessions: SessionFactory) -> None:
    async with sessions.begin() as session:
        await AuditRepository(session).chain()
