"""Promised calls, made by the shop to a telephone that rings."""

import asyncio
import json
from typing import get_args

import pytest
from sqlalchemy import select
from websockets.asyncio.client import connect

from channels.phone.wording import say
from crm_store.base import Language, utc_now
from crm_store.callbacks.models import CallbackRequest, CallbackState
from crm_store.callbacks.repository import CallbackRepository, Wanted
from crm_store.conversations.models import Channel, Conversation, Handler
from crm_store.conversations.repository import ConversationRepository
from crm_store.errors import CallbackNotOpen
from crm_store.outbox.models import OutboxMessage
from crm_store.strategy.policies import Weekday, seed
from crm_store.strategy.repository import PolicyRepository
from tests.builders import a_conversation
from tests.fakes import FakeBot
from tests.integration.channels.phone.running import LineWith, PhoneLine
from tests.integration.channels.phone.test_simulator import frames_until

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

MOBILE = "+491713920017"
AGAIN = "Worum ging es?"


async def promised(line: PhoneLine, *, closed: bool = True) -> CallbackRequest:
    """A call that a chat has asked for, at a shop that is always open."""
    async with line.sessions.begin() as session:
        shop = {**seed()["shop"], "hours": dict.fromkeys(get_args(Weekday), "00:00-00:00")}
        await PolicyRepository(session).change("shop", shop, at=utc_now())
        conversation = a_conversation(language=Language.de)
        conversation.visitor = None if closed else "a visitor"
        session.add(conversation)
        await session.flush()
        if closed:
            conversation.close("solved", utc_now())
        callbacks = CallbackRepository(session)
        return await callbacks.ask(conversation, Wanted(MOBILE, utc_now()), at=utc_now())


async def rung(line: PhoneLine) -> CallbackRequest:
    """A call that is promised, and made at once."""
    request = await promised(line)
    await line.calling_back.call_if_due(request.id)
    return request


async def state_of(line: PhoneLine, request: CallbackRequest) -> CallbackRequest:
    async with line.sessions() as session:
        return await session.get_one(CallbackRequest, request.id)


async def until(line: PhoneLine, request: CallbackRequest, state: CallbackState) -> CallbackRequest:
    for _ in range(300):
        now = await state_of(line, request)
        if now.state is state:
            return now
        await asyncio.sleep(0.05)
    raise AssertionError(f"the call is {now.state}, not {state}")


async def conversation_of(line: PhoneLine, request: CallbackRequest) -> Conversation:
    async with line.sessions() as session:
        return await ConversationRepository(session).get(request.conversation_id)


async def test_a_due_call_is_made_by_itself_and_goes_on_where_it_was_asked_for(
    either_line_with: LineWith,
) -> None:
    bot = FakeBot(AGAIN)

    async with either_line_with(bot) as line, line.phone.phone(MOBILE) as mobile:
        request = await promised(line)
        async with asyncio.timeout(20):
            ringing = await mobile.rings()
        async with mobile.picks_up(ringing) as call:
            greeting, question = await call.hears(), await call.hears()
            during = await conversation_of(line, request)
        await until(line, request, CallbackState.done)
        after = await conversation_of(line, request)

    assert greeting == say("callback_greeting", Language.de, shop=seed()["shop"]["name"])
    assert question == AGAIN
    assert (during.call, during.medium, during.handler) == (call.sid, Channel.phone, Handler.bot)
    assert {asked.conversation for asked in bot.asked} == {request.conversation_id}
    assert (after.call, after.handler) == (None, Handler.closed)


async def test_two_processes_call_once(line_with: LineWith) -> None:
    async with line_with(FakeBot(AGAIN)) as line, line.phone.phone(MOBILE) as mobile:
        request = await promised(line)
        calls = [line.calling_back.call(request.id) for _ in range(4)]
        made = await asyncio.gather(*calls, return_exceptions=True)
        await mobile.rings()

        assert mobile.is_quiet
    # One of them, or the line's own worker, was first.
    assert sum(not isinstance(result, CallbackNotOpen) for result in made) <= 1


async def test_nobody_reached_is_tried_again_and_written_to_in_the_end(
    line_with: LineWith,
) -> None:
    async with line_with(FakeBot(AGAIN)) as line, line.phone.phone(MOBILE) as mobile:
        async with line.sessions.begin() as session:
            rules = {**seed()["callback"], "attempts": 1}
            await PolicyRepository(session).change("callback", rules, at=utc_now())
        request = await rung(line)
        ringing = await mobile.rings()
        await ringing.declines()
        missed = await until(line, request, CallbackState.missed)
        async with line.sessions() as session:
            sms = (await session.scalars(select(OutboxMessage))).one()

    assert missed.attempts == 1
    assert (sms.address, sms.language) == (MOBILE, Language.de)


async def test_a_chat_that_asked_goes_on_after_the_call(line_with: LineWith) -> None:
    async with line_with(FakeBot(AGAIN)) as line, line.phone.phone(MOBILE) as mobile:
        request = await promised(line, closed=False)
        await line.calling_back.call_if_due(request.id)
        async with mobile.picks_up(await mobile.rings()) as call:
            await call.hears()
        await until(line, request, CallbackState.done)
        after = await conversation_of(line, request)

    assert (after.call, after.handler, after.medium) == (None, Handler.bot, Channel.chat)


async def test_a_page_that_waits_is_rung(line_with: LineWith) -> None:
    async with (
        line_with(FakeBot(AGAIN)) as line,
        connect(line.socket_url("/demo/phone/socket"), origin=line.origin, proxy=None) as page,
    ):
        await page.send(json.dumps({"type": "wait", "from": MOBILE}))
        await frames_until(page, "waiting")
        await rung(line)
        await frames_until(page, "incoming")
        await page.send(json.dumps({"type": "pick_up"}))
        *_, spoken = await frames_until(page, "speaks")
        await page.send(json.dumps({"type": "hang_up"}))
        await frames_until(page, "ended")

    assert spoken["text"] == say("callback_greeting", Language.de, shop=seed()["shop"]["name"])
