"""Calls whose relay fails: they go on by plain requests, where they stood."""

import asyncio

import pytest

from channels.bot import Tell
from channels.messages import Answer, BotRequest
from channels.phone.wording import say
from channels.simulator.faults import Fault
from crm_store.base import Language, utc_now
from crm_store.conversations.models import Author, Handler, Kind
from crm_store.conversations.repository import ConversationRepository
from crm_store.customers.models import Level
from tests.fakes import DeadBot, FakeBot, SlowBot
from tests.integration.channels.phone.running import (
    GREETING,
    LineWith,
    PhoneLine,
    hears_until,
    keyed_in,
    next_in_line,
)

pytestmark = [pytest.mark.integration, pytest.mark.anyio]


class HalfWay(FakeBot):
    """In the middle of a form that waits for a code."""

    async def reply(self, request: BotRequest, tell: Tell) -> Answer:
        answer = await super().reply(request, tell)
        return Answer(answer.replies, slots={"requested_slot": "code"})


async def test_a_relay_that_fails_in_mid_form_loses_nothing(line_with: LineWith) -> None:
    bot = HalfWay(GREETING, "Wie lautet der Code?", "Danke.")

    async with line_with(bot) as line:
        await line.knows_ana("+4915112345678")
        async with line.phone.call(from_="+4915112345678") as call:
            await call.hears()
            await call.says("Wo ist meine Bestellung?")
            await call.hears()
            await line.has_noted(4)
            await _is_verified(line)
            await call.loses_connection()
            excuse, again = await call.hears(), await call.hears()
            await call.keys("047110#")
            answer = await call.hears()
            conversation = await line.conversation()
        said = await line.said()

    assert (excuse, again) == (say("back", Language.de), "Wie lautet der Code?")
    assert answer == "Danke."
    assert keyed_in(bot.asked[-1]) == "047110"
    assert said[-2:] == [(Author.customer, "••••••"), (Author.bot, "Danke.")]
    assert conversation.current_level(utc_now()) is Level.verified


async def test_a_relay_that_never_connects_is_done_without(line_with: LineWith) -> None:
    async with line_with(FakeBot(GREETING, "Gern.")) as line:
        async with line.phone.call(language="de", relay_fails=Fault.unreachable) as call:
            heard = [await call.hears(), await call.hears()]
            await call.says("Hallo")
            answer = await call.hears()
        messages = await line.messages()

    assert heard == [say("back_from_nothing", Language.de), GREETING]
    assert "Assistent" in heard[0]
    assert answer == "Gern."
    assert [message.kind for message in messages].count(Kind.opened) == 1


async def test_a_relay_that_fails_while_the_bot_thinks_is_done_without(line_with: LineWith) -> None:
    bot = SlowBot(GREETING, "Jetzt weiß ich es.")
    bot.go.set()

    async with line_with(bot) as line, line.phone.call() as call:
        await call.hears()
        bot.go.clear()
        await call.says("Eine schwere Frage")
        await _is_recorded(line, "Eine schwere Frage")
        await call.loses_connection()
        excuse = await call.hears()
        bot.go.set()
        answer = await call.hears()

    assert (excuse, answer) == (say("back_thinking", Language.de), "Jetzt weiß ich es.")


async def test_a_relay_that_fails_while_a_person_speaks_changes_nothing_for_them(
    line_with: LineWith,
) -> None:
    async with line_with(DeadBot()) as line, line.hurried_phone.call() as call:
        await hears_until(call, next_in_line("holding"))
        mia = await line.agent_takes_over("Mia")
        await hears_until(call, say("claimed", Language.de, agent="Mia"))
        await call.loses_connection()
        await hears_until(call, say("back", Language.de))
        await line.agent_types(mia, "Sind Sie noch da?")
        await hears_until(call, "Sind Sie noch da?")
        conversation = await line.conversation()

    assert (conversation.handler, conversation.agent_id) == (Handler.agent, mia.id)


async def _is_verified(line: PhoneLine) -> None:
    conversation = await line.conversation()
    async with line.sessions.begin() as session:
        locked = await ConversationRepository(session).lock(conversation.id)
        assert locked.customer_id is not None
        locked.prove(locked.customer_id, Level.verified, "code", utc_now())


async def _is_recorded(line: PhoneLine, words: str) -> None:
    for _ in range(500):
        if (Author.customer, words) in await line.said():
            return
        await asyncio.sleep(0.02)
    raise AssertionError("what was said did not reach the record")
