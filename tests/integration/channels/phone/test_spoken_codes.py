"""A code is taken by keys alone; spoken, it is neither passed on nor kept."""

import pytest
from sqlalchemy import select

from channels.bot import Tell
from channels.messages import Answer, BotRequest
from channels.phone.spoken_codes import is_spoken_code
from channels.phone.wording import say
from crm_store.base import Language
from crm_store.conversations.models import Message, Turn
from tests.fakes import FakeBot
from tests.integration.channels.phone.running import LineWith, keyed_in

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

QUESTION = "Bitte tippen Sie den Code ein."


class CodeBot(FakeBot):
    """Asks for a code."""

    async def reply(self, request: BotRequest, tell: Tell) -> Answer:
        answer = await super().reply(request, tell)
        return Answer(answer.replies, slots={"requested_slot": "code"})


@pytest.mark.parametrize(
    "words", ["482913", "4 8 2 9 1 3", "Der Code ist vier acht zwei neun eins drei", "4 8 2 9 1"]
)
def test_a_code_is_recognised(words: str) -> None:
    assert is_spoken_code(words)


@pytest.mark.parametrize("words", ["4711", "vier sieben eins eins", "Meine PIN ist 4711"])
def test_a_pin_is_not_for_other_ears_either(words: str) -> None:
    assert is_spoken_code(words)


@pytest.mark.parametrize(
    "words", ["Ich habe keinen", "A-19", "Kundennummer C 1003", "0171 2345678"]
)
def test_other_words_are_no_code(words: str) -> None:
    assert not is_spoken_code(words)


async def test_a_spoken_code_is_asked_for_by_keys(either_line_with: LineWith) -> None:
    bot = CodeBot(QUESTION, "Danke.")

    async with either_line_with(bot) as line:
        async with line.phone.call() as call:
            await call.hears()
            await call.says("Vier acht zwei neun eins drei")
            wish = await call.hears()
            await call.keys("482913")
            thanks = await call.hears()
        async with line.sessions() as session:
            kept = [message.text for message in await session.scalars(select(Message))]
            asked = [str(turn.request) for turn in await session.scalars(select(Turn))]

    assert (wish, thanks) == (say("keys_wanted", Language.de), "Danke.")
    assert (len(bot.asked), keyed_in(bot.asked[-1])) == (2, "482913")
    assert not any("acht" in words or "482913" in words for words in [*kept, *asked])


async def test_whoever_has_none_is_heard(either_line_with: LineWith) -> None:
    bot = CodeBot(QUESTION, "Ich schicke einen neuen.")

    async with either_line_with(bot) as line, line.phone.call() as call:
        await call.hears()
        await call.says("Ich habe keinen Code bekommen")
        answer = await call.hears()

    assert answer == "Ich schicke einen neuen."
