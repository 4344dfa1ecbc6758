"""Which language a call is in: the caller's own, the line's, or the one that they ask for."""

import pytest

from channels.messages import Choice, Reply
from channels.phone.wording import say
from channels.simulator.events import Spoken
from crm_store.base import Language
from tests.fakes import FakeBot
from tests.integration.channels.phone.running import GREETING, LineWith, decide, greeting_in

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

ANA = "+4915112345678"


async def test_a_stranger_is_offered_the_other_language_in_it(either_line_with: LineWith) -> None:
    async with either_line_with(FakeBot(GREETING)) as line:
        await decide(line.sessions, other_language=True)
        async with line.phone.call(language="de") as call:
            heard = []
            async for event in call.events():
                if isinstance(event, Spoken):
                    heard.append((event.text, event.language))
                if len(heard) == 2:
                    break

    assert heard == [(GREETING, "de-DE"), (say("offer", Language.en), "en-US")]


async def test_a_known_caller_is_offered_none(either_line_with: LineWith) -> None:
    async with either_line_with(FakeBot(GREETING, "Sure.")) as line:
        await decide(line.sessions, other_language=True)
        await line.knows_ana(ANA, Language.en)
        async with line.phone.call(from_=ANA, language="de") as call:
            greeting = await call.hears()
            await call.says("Hello there")
            answer = await call.hears()
            language = call.language

    assert (greeting, answer, language) == (greeting_in(Language.en), "Sure.", "en-US")


async def test_key_two_goes_on_in_the_other_language(either_line_with: LineWith) -> None:
    bot = FakeBot(
        Reply(GREETING, choices=tuple(Choice(title, "x") for title in ("A", "B", "C"))),
        "All right, in English.",
        "Auf Deutsch.",
    )

    async with either_line_with(bot) as line, line.phone.call(language="de") as call:
        await call.hears()
        await call.keys("2#")
        first, english = await call.hears(), call.language
        await call.keys("2#")
        second, german = await call.hears(), call.language

    assert (first, english) == ("All right, in English.", "en-US")
    assert (second, german) == ("Auf Deutsch.", "de-DE")
    wanted = [request.body["choice"] for request in bot.asked[1:]]
    assert wanted == [
        {"intent": "change_language", "entities": {"target_language": "en"}},
        {"intent": "change_language", "entities": {"target_language": "de"}},
    ]


async def test_later_key_two_is_an_answer_on_offer(either_line_with: LineWith) -> None:
    offers = Reply("Was darf es sein?", choices=(Choice("Eins", "one"), Choice("Zwei", "two")))
    bot = FakeBot(GREETING, offers, "Gut.")

    async with either_line_with(bot) as line, line.phone.call(language="de") as call:
        await call.hears()
        await call.says("Hallo")
        await call.hears()
        await call.keys("2#")
        await call.hears()

    assert bot.asked[-1].body["choice"] == {"intent": "two", "entities": {}}
