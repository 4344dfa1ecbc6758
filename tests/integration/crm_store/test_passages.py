"""Codes and links by which a conversation goes on in another channel."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.calls.service import HUNG_UP, hang_up
from crm_store.conversations.models import Channel, Conversation, Handler, Kind
from crm_store.conversations.repository import ConversationRepository
from crm_store.customers.models import CODES_AFTER, Customer, Level
from crm_store.db import SessionFactory
from crm_store.errors import NoPassage, NotInChat, TooManyPassages
from crm_store.outbox.models import OutboxMessage
from crm_store.passages import to_chat, to_phone
from crm_store.passages.models import Passage
from crm_store.passages.to_chat import ChatLinks
from crm_store.passages.to_phone import (
    MOST_CODES,
    MOST_WRONG_AT_ALL,
    MOST_WRONG_FROM_NUMBER,
    MOST_WRONG_IN_CALL,
    PhoneCodes,
)
from tests.builders import NOW, a_conversation, a_customer

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

KEY = b"key"
MOBILE, OTHER_MOBILE, AT_HOME = "+491713920017", "+491713920018", "+493012345678"
NEVER_A_CODE = "1234"


async def kept(session: AsyncSession, conversation: Conversation) -> Conversation:
    session.add(conversation)
    await session.flush()
    return conversation


async def a_chat(session: AsyncSession) -> Conversation:
    chat = a_conversation()
    chat.visitor = uuid4().hex
    return await kept(session, chat)


async def a_call(session: AsyncSession, *, number: str | None = MOBILE) -> Conversation:
    call = a_conversation(channel=Channel.phone)
    call.call, call.caller_number, call.caller_hash = call.key, number, number
    return await kept(session, call)


async def is_ana(
    session: AsyncSession, conversation: Conversation, *, phone: str | None
) -> Customer:
    """Let Ana be proved in a conversation, with a number that has long been on file."""
    ana = a_customer(phone=phone)
    for contact in ana.contacts:
        contact.since = NOW - CODES_AFTER
    session.add(ana)
    await session.flush()
    conversation.prove(ana.id, Level.verified, "code", NOW)
    return ana


async def sent(session: AsyncSession) -> str:
    """The token of the last link."""
    await session.flush()
    texts = select(OutboxMessage.text).order_by(OutboxMessage.created_at.desc()).limit(1)
    return str(await session.scalar(texts)).partition("#rapport=")[2]


async def test_a_code_is_kept_as_a_hash_only(sessions: SessionFactory) -> None:
    async with sessions.begin() as session:
        code = await PhoneCodes(session, KEY).make(await a_chat(session), at=NOW)

        passage = (await session.scalars(select(Passage))).one()

    assert code.expires_at == passage.expires_at == NOW + timedelta(minutes=5)
    assert len(code.digits) == 4
    assert code.digits not in passage.secret_hash


async def test_a_call_takes_the_chats_conversation(sessions: SessionFactory) -> None:
    async with sessions.begin() as session:
        chat, call = await a_chat(session), await a_call(session)
        codes, sid = PhoneCodes(session, KEY), call.call
        code = await codes.make(chat, at=NOW)
        entry = await codes.enter(call, code.digits, entry="1", at=NOW)
        last = await ConversationRepository(session).last_move(chat.id)

    assert entry.conversation is chat
    assert (chat.call, chat.medium, chat.caller_number) == (sid, Channel.phone, MOBILE)
    assert (call.call, call.handler, call.outcome) == (None, Handler.closed, to_phone.JOINED)
    assert last is not None
    assert last.text == Channel.phone


@pytest.mark.parametrize("after", ["five minutes", "another code", "its use", "the end"])
async def test_a_code_leads_nowhere_after(sessions: SessionFactory, after: str) -> None:
    async with sessions.begin() as session:
        chat, call = await a_chat(session), await a_call(session)
        codes, at = PhoneCodes(session, KEY), NOW
        code = await codes.make(chat, at=NOW)
        match after:
            case "five minutes":
                at += to_phone.VALID_FOR
            case "another code":
                await codes.make(chat, at=NOW)
            case "its use":
                await codes.enter(await a_call(session), code.digits, entry="0", at=NOW)
            case "the end":
                chat.close("solved", NOW)
        entry = await codes.enter(call, code.digits, entry="1", at=at)

    assert entry.conversation is None
    assert entry.tries_left == MOST_WRONG_IN_CALL - 1


async def test_the_same_entry_counts_once(sessions: SessionFactory) -> None:
    async with sessions.begin() as session:
        call, codes = await a_call(session), PhoneCodes(session, KEY)
        for _ in range(5):
            entry = await codes.enter(call, NEVER_A_CODE, entry="1", at=NOW)
            await session.flush()

    assert entry.tries_left == MOST_WRONG_IN_CALL - 1


@pytest.mark.parametrize(
    ("calls", "numbers"),
    [(1, 1), (MOST_WRONG_FROM_NUMBER, 1), (MOST_WRONG_AT_ALL, MOST_WRONG_AT_ALL)],
    ids=["in a call", "from a number", "at all"],
)
async def test_nobody_guesses_for_long(sessions: SessionFactory, calls: int, numbers: int) -> None:
    async with sessions.begin() as session:
        codes = PhoneCodes(session, KEY)
        code = await codes.make(await a_chat(session), at=NOW)
        for nth in range(calls):
            call = await a_call(session, number=f"+49171392{nth % numbers:04}")
            for again in range(MOST_WRONG_IN_CALL if calls == 1 else 1):
                await codes.enter(call, NEVER_A_CODE, entry=f"{nth}.{again}", at=NOW)
                await session.flush()
        guesser = call if calls == 1 else await a_call(session, number="+491713920000")
        entry = await codes.enter(guesser, code.digits, entry="last", at=NOW)

    assert (entry.conversation, entry.tries_left) == (None, 0)


async def test_codes_are_for_those_who_write(sessions: SessionFactory) -> None:
    async with sessions.begin() as session:
        with pytest.raises(NotInChat):
            await PhoneCodes(session, KEY).make(await a_call(session), at=NOW)


async def test_nobody_makes_codes_without_end(sessions: SessionFactory) -> None:
    async with sessions.begin() as session:
        chat, codes = await a_chat(session), PhoneCodes(session, KEY)
        for _ in range(MOST_CODES):
            await codes.make(chat, at=NOW)
        with pytest.raises(TooManyPassages):
            await codes.make(chat, at=NOW)


@pytest.mark.parametrize(
    ("caller", "on_file", "goes_to"),
    [
        (MOBILE, None, MOBILE),
        (AT_HOME, None, None),
        (None, None, None),
        (MOBILE, MOBILE, MOBILE),
        (MOBILE, OTHER_MOBILE, OTHER_MOBILE),
        (None, OTHER_MOBILE, OTHER_MOBILE),
        (MOBILE, AT_HOME, None),
    ],
    ids=[
        *("a stranger", "a stranger at home", "a stranger who withholds it"),
        *("Ana from her own", "Ana from a friend's", "Ana who withholds it", "Ana without one"),
    ],
)
async def test_a_link_goes_to(
    sessions: SessionFactory, caller: str | None, on_file: str | None, goes_to: str | None
) -> None:
    async with sessions.begin() as session:
        call = await a_call(session, number=caller)
        if on_file is not None:
            await is_ana(session, call, phone=on_file)

        assert await ChatLinks(session, KEY).number_for(call, at=NOW) == goes_to


async def test_a_link_opens_the_call_as_a_chat(sessions: SessionFactory) -> None:
    async with sessions.begin() as session:
        call, links = await a_call(session), ChatLinks(session, KEY)
        await links.send(call, words="Here: {link}", page="https://shop/", at=NOW)
        token = await sent(session)
        opened = await links.open(token, "a visitor", at=NOW)
        again = await links.open(token, "a visitor", at=NOW)
        during = call.medium
        found = await ConversationRepository(session).latest_of_visitor("a visitor")

    assert opened is again is found is call
    assert during is Channel.phone


@pytest.mark.parametrize("case", ["by another", "too late", "solved", "proved elsewhere"])
async def test_a_link_leads_nowhere_when_opened(sessions: SessionFactory, case: str) -> None:
    async with sessions.begin() as session:
        call, links, at = await a_call(session), ChatLinks(session, KEY), NOW
        await links.send(call, words="{link}", page="https://shop/", at=NOW)
        token = await sent(session)
        match case:
            case "by another":
                await links.open(token, "somebody", at=NOW)
            case "too late":
                at += to_chat.VALID_FOR
            case "solved":
                call.close("solved", NOW)
            case "proved elsewhere":
                await is_ana(session, call, phone=OTHER_MOBILE)

        with pytest.raises(NoPassage):
            await links.open(token, "a visitor", at=at)


async def test_a_call_that_is_over_goes_on_by_its_link(sessions: SessionFactory) -> None:
    async with sessions.begin() as session:
        call, links = await a_call(session), ChatLinks(session, KEY)
        await links.send(call, words="{link}", page="https://shop/", at=NOW)
        await hang_up(session, call.id)
        ended = call.outcome
        await links.open(await sent(session), "a visitor", at=NOW)
        last = await ConversationRepository(session).last_move(call.id)

    assert ended == HUNG_UP
    assert (call.handler, call.medium, call.caller_number) == (Handler.bot, Channel.chat, None)
    assert last is not None
    assert (last.kind, last.text) == (Kind.moved, Channel.chat)


async def test_nobody_is_sent_links_without_end(sessions: SessionFactory) -> None:
    async with sessions.begin() as session:
        links = ChatLinks(session, KEY)
        for _ in range(to_chat.LIMITS[0][1]):
            await links.send(await a_call(session), words="{link}", page="/", at=NOW)
        with pytest.raises(TooManyPassages):
            await links.send(await a_call(session), words="{link}", page="/", at=NOW)
