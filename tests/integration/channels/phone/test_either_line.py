"""What holds for a call however it is held: over a relay, or without one."""

import pytest

from channels.phone.patience import Patience
from crm_store.conversations.models import Author, Handler
from tests.fakes import FakeBot
from tests.integration.channels.phone.running import GREETING, LineWith

pytestmark = [pytest.mark.integration, pytest.mark.anyio]


async def test_a_caller_is_greeted_and_answered(either_line_with: LineWith) -> None:
    async with either_line_with(FakeBot(GREETING, "Die ist *unterwegs* 📦.")) as line:
        async with line.phone.call() as call:
            greeting = await call.hears()
            await call.says("Wo ist meine Bestellung?")
            answer = await call.hears()

        assert (greeting, answer) == (GREETING, "Die ist unterwegs .")
        assert await line.said() == [
            (Author.bot, GREETING),
            (Author.customer, "Wo ist meine Bestellung?"),
            (Author.bot, "Die ist *unterwegs* 📦."),
        ]
        conversation = await line.conversation()
        assert (conversation.handler, conversation.outcome) == (Handler.closed, "hung_up")


async def test_zero_asks_for_a_person(either_line_with: LineWith) -> None:
    bot = FakeBot(GREETING, "Ich verbinde Sie.")

    async with either_line_with(bot) as line:
        line.be_patient(Patience(words=1))
        async with line.phone.call() as call:
            await call.hears()
            await call.keys("0")
            await call.hears()

    assert bot.asked[-1].body["choice"] == {"intent": "ask_person", "entities": {}}
