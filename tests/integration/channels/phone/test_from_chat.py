"""A chat that goes on by phone, by a code; however the call is held."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID, uuid4

import pytest

from channels.phone.wording import say
from channels.simulator.call import CallEnded
from crm_store.base import Language, utc_now
from crm_store.conversations.models import Channel, Conversation, Handler, Kind
from crm_store.customers.models import Level
from crm_store.notify import ring
from tests.builders import a_customer
from tests.fakes import FakeBot
from tests.integration.channels.browser import Browser, a_browser
from tests.integration.channels.phone.running import LineWith, PhoneLine, hears_until

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

CAME = say("come_from_chat", Language.en)
WRONG = say("code_wrong", Language.de)
NEVER_A_CODE = "1234"


def a_bot() -> FakeBot:
    return FakeBot("Hello, I am an AI.", "Which order?", "Hallo, hier ist die KI.", "Which order?")


@asynccontextmanager
async def a_chat(line: PhoneLine) -> AsyncIterator[tuple[Browser, UUID]]:
    """A chat in which the assistant has just asked something."""
    async with a_browser(line.url) as browser:
        welcome = await browser.greets()
        await browser.gets("message", author="bot")
        await browser.sends(type="say", id=str(uuid4()), text="Where is my parcel?")
        await browser.gets("message", text="Which order?")
        yield browser, UUID(welcome["conversation"])


async def a_code(browser: Browser) -> str:
    await browser.sends(type="phone")
    return str((await browser.gets("phone"))["code"])


async def kept(line: PhoneLine, conversation: UUID) -> Conversation:
    async with line.sessions() as session:
        return await session.get_one(Conversation, conversation)


async def test_a_call_goes_on_where_the_chat_stands(either_line_with: LineWith) -> None:
    bot = a_bot()

    async with either_line_with(bot) as line, a_chat(line) as (browser, chat):
        code = await a_code(browser)
        async with line.phone.call() as call:
            greeting = await call.hears()
            await call.keys(f"{code}#")
            await hears_until(call, CAME)
            await hears_until(call, "Which order?")
            by_phone = await browser.gets("state", by_phone=True)
            await call.says("A-17")
            await browser.gets("message", author="customer", text="A-17")
        await browser.gets("state", by_phone=False)
        await browser.sends(type="say", id=str(uuid4()), text="I am back")
        await browser.gets("message", author="bot", text="Which order?")
        on = await kept(line, chat)

    assert say("code_from_chat", Language.de) in greeting
    assert by_phone["handler"] == "bot"
    moved, said, typed = (request.body for request in bot.asked[3:])
    assert (moved["kind"], moved["facts"], moved["channel"]) == (
        Kind.moved,
        {"to": "phone"},
        "phone",
    )
    assert {request.conversation for request in bot.asked[3:]} == {chat}
    assert (said["text"], said["channel"]) == ("A-17", "phone")
    assert (typed["text"], typed["channel"]) == ("I am back", "chat")
    assert code not in {m.text for m in await line.messages()}
    assert (on.call, on.handler, on.caller_number) == (None, Handler.bot, None)


async def test_what_is_typed_meanwhile_is_answered_on_the_phone(line_with: LineWith) -> None:
    bot = FakeBot("Hello.", "Which order?", "Hallo.", "Which order?", "It is on its way.")

    async with line_with(bot) as line, a_chat(line) as (browser, chat):
        code = await a_code(browser)
        async with line.phone.call() as call:
            await call.hears()
            await call.keys(f"{code}#")
            await hears_until(call, "Which order?")
            await browser.sends(type="say", id=str(uuid4()), text="A-17")
            await hears_until(call, "It is on its way.")
            await browser.gets("message", author="bot", text="It is on its way.")

    assert bot.asked[-1].body["channel"] == Channel.phone


async def test_who_was_proved_in_the_chat_is_proved_in_the_call(line_with: LineWith) -> None:
    async with line_with(a_bot()) as line, a_chat(line) as (browser, chat):
        ana = a_customer()
        async with line.sessions.begin() as session:
            session.add(ana)
            await session.flush()
            (await session.get_one(Conversation, chat)).prove(
                ana.id, Level.verified, "code", utc_now()
            )
        code = await a_code(browser)
        async with line.phone.call() as call:
            await call.hears()
            await call.keys(f"{code}#")
            await hears_until(call, "Which order?")
            during = await kept(line, chat)

    assert during.medium is Channel.phone
    assert during.verified_customer(utc_now()) == ana.id


async def test_a_wrong_code_is_said_to_be_one(either_line_with: LineWith) -> None:
    async with either_line_with(a_bot()) as line, a_chat(line) as (browser, _):
        code = await a_code(browser)
        async with line.phone.call() as call:
            await call.hears()
            await call.keys(f"{NEVER_A_CODE}#")
            await hears_until(call, WRONG)
            await call.keys(f"{code}#")
            await hears_until(call, CAME)


async def test_a_second_telephone_takes_the_conversation_over(line_with: LineWith) -> None:
    async with line_with(a_bot()) as line, a_chat(line) as (browser, chat):
        first = await a_code(browser)
        async with line.phone.call() as call:
            await call.hears()
            await call.keys(f"{first}#")
            await hears_until(call, CAME)
            async with line.sessions.begin() as session:
                (await session.get_one(Conversation, chat)).call = "CA" + "9" * 32
            await ring(line.sessions, f"tests {chat}")
            await hears_until(call, say("elsewhere", Language.en))
            with pytest.raises(CallEnded):
                await call.hears()


async def test_where_the_line_has_no_number_there_is_no_way_to_it(line_with: LineWith) -> None:
    async with line_with(a_bot()) as line, a_chat(line) as (browser, chat):
        async with line.sessions.begin() as session:
            (await session.get_one(Conversation, chat)).call = "CA" + "9" * 32
        await browser.sends(type="phone")

        refused = await browser.gets("no_phone")

    assert refused["text"]
