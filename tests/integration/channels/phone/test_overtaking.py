"""Callers who speak on before they are answered hear the newest answer, and of deeds."""

import asyncio
from collections.abc import Sequence
from uuid import uuid4

import pytest

from channels.bot import Tell
from channels.messages import Answer, BotRequest, Reply
from channels.phone.patience import Patience
from channels.simulator.call import SimulatedCall
from crm_store.conversations.models import Author
from crm_store.conversations.repository import ConversationRepository
from crm_store.db import SessionFactory
from crm_store.insight.repository import EventRepository
from tests.fakes import PartBot, SlowBot
from tests.integration.channels.browser import a_browser
from tests.integration.channels.phone.running import GREETING, LineWith, PhoneLine

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

FIRST, SECOND = "Ich suche eine Oper von Verdi", "Nein, doch lieber von Puccini"


class DoingBot(SlowBot):
    """Does something that stays with its second answer, and asks what else there is."""

    def __init__(self, kind: str, sessions: SessionFactory) -> None:
        super().__init__(GREETING, "Erledigt.", "Gern.")
        self._kind = kind
        self._sessions = sessions

    async def reply(self, request: BotRequest, tell: Tell) -> Answer:
        answer = await super().reply(request, tell)
        if self.heard[-1] != FIRST:
            return answer
        async with self._sessions.begin() as session:
            conversation = await ConversationRepository(session).get(request.conversation)
            EventRepository(session).record(self._kind, conversation, cause=request.message_id)
        replies = (*answer.replies, Reply("Was noch?"))
        return Answer(replies, slots={"question": "errand"})


async def is_on_record(line: PhoneLine, words: str) -> None:
    for _ in range(500):
        if words in [text for _, text in await line.said()]:
            return
        await asyncio.sleep(0.02)
    raise AssertionError(f"it was never said: {words}")


async def is_asked(bot: SlowBot, words: str) -> None:
    for _ in range(500):
        if words in bot.heard:
            return
        await asyncio.sleep(0.02)
    raise AssertionError("the bot was never asked that")


async def heard_up_to(call: SimulatedCall, words: str) -> Sequence[str]:
    heard: list[str] = []
    async with asyncio.timeout(15):
        while words not in heard:
            heard.append(await call.hears())
    return heard


async def speaks_on(line: PhoneLine, call: SimulatedCall, bot: SlowBot) -> None:
    """Say something, and something else while the assistant thinks of an answer."""
    await call.hears()
    bot.go.clear()
    await call.says(FIRST)
    await is_asked(bot, FIRST)
    await call.says(SECOND)
    await is_on_record(line, SECOND)
    bot.go.set()


async def heard_by_who_speaks_on(line: PhoneLine, bot: SlowBot, *, up_to: str) -> Sequence[str]:
    line.be_patient(Patience(answer=0.05))
    async with line.phone.call() as call:
        await speaks_on(line, call, bot)
        return await heard_up_to(call, up_to)


async def test_an_answer_that_was_spoken_past_is_not_heard(either_line_with: LineWith) -> None:
    bot = SlowBot(GREETING, "Nabucco.", "Tosca.")
    bot.go.set()

    async with either_line_with(bot) as line:
        heard = await heard_by_who_speaks_on(line, bot, up_to="Tosca.")
        said = await line.said()

    assert "Nabucco." not in heard
    assert said[1:] == [
        (Author.customer, FIRST),
        (Author.customer, SECOND),
        (Author.bot, "Tosca."),
    ]
    assert [request.body["facts"] for request in bot.asked[1:]] == [{}, {"unheard": True}]


async def test_what_was_done_is_told_without_what_was_asked_then(
    either_line_with: LineWith, sessions: SessionFactory
) -> None:
    bot = DoingBot("order_cancelled", sessions)
    bot.go.set()

    async with either_line_with(bot) as line:
        heard = await heard_by_who_speaks_on(line, bot, up_to="Gern.")

    assert "Erledigt." in heard
    assert "Was noch?" not in heard
    assert bot.asked[-1].body["facts"] == {"unheard": True}


async def test_what_is_only_noted_is_no_deed(
    either_line_with: LineWith, sessions: SessionFactory
) -> None:
    bot = DoingBot("interest_stated", sessions)
    bot.go.set()

    async with either_line_with(bot) as line:
        heard = await heard_by_who_speaks_on(line, bot, up_to="Gern.")

    assert "Erledigt." not in heard


async def test_a_caller_hears_the_first_part_while_the_second_is_held_back(
    either_line_with: LineWith,
) -> None:
    bot = PartBot(GREETING, "Ich sehe nach.", "Es ist unterwegs.")

    async with either_line_with(bot) as line:
        line.be_patient(Patience(answer=0.05))
        async with line.phone.call() as call:
            await call.hears()
            await call.says("Wo ist mein Paket?")
            await heard_up_to(call, "Ich sehe nach.")
            bot.go.set()
            heard = await heard_up_to(call, "Es ist unterwegs.")

    assert "Ich sehe nach." not in heard


async def test_a_chat_shows_the_first_part_while_the_second_is_held_back(
    line_with: LineWith,
) -> None:
    bot = PartBot("Hello.", "I am looking.", "It is on its way.")

    async with line_with(bot) as line, a_browser(line.url) as browser:
        await browser.greets()
        await browser.gets("message", author="bot", text="Hello.")
        await browser.sends(type="say", id=str(uuid4()), text="Where is my parcel?")
        await browser.gets("message", author="bot", text="I am looking.")
        bot.go.set()
        await browser.gets("message", author="bot", text="It is on its way.")


async def test_the_rest_is_taken_back_from_whoever_breaks_in_and_says_something_new(
    line_with: LineWith,
) -> None:
    bot = PartBot(GREETING, "Ich sehe gleich nach.", "Es ist unterwegs.")

    async with line_with(bot) as line, line.phone.call() as call:
        await breaks_in(line, call, bot)
        await call.says(SECOND)
        heard = await heard_up_to(call, "Es ist unterwegs.")
        said = await line.said()

    # The last two are the answer to what was said then.
    assert heard == ["Ich sehe gleich nach.", "Es ist unterwegs."]
    assert [text for author, text in said if author is Author.bot] == [
        *(GREETING, "Ich sehe", ""),
        *("Ich sehe gleich nach.", "Es ist unterwegs."),
    ]
    assert bot.asked[-1].body["facts"] == {"unheard": True}


async def test_what_was_held_back_for_a_noise_is_heard_after_it(line_with: LineWith) -> None:
    bot = PartBot(GREETING, "Ich sehe gleich nach.", "Es ist unterwegs.")

    async with line_with(bot) as line, line.phone.call() as call:
        await breaks_in(line, call, bot)
        await call.coughs()

        assert await call.hears() == "Es ist unterwegs."


async def breaks_in(line: PhoneLine, call: SimulatedCall, bot: PartBot) -> None:
    """Speak over the first part of an answer; the second comes meanwhile."""
    await call.hears()
    await call.says(FIRST)
    await heard_up_to(call, "Ich sehe gleich nach.")
    await call.interrupts("Ich sehe")
    await is_on_record(line, "Ich sehe")
    bot.go.set()
    await is_on_record(line, "Es ist unterwegs.")
