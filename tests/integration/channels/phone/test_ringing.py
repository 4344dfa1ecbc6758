"""What a ring is answered with: by the line itself, whatever the assistant is about."""

import httpx2
import pytest

from channels.phone.patience import Patience
from channels.phone.wording import say
from channels.simulator.account import new_sid
from crm_store.base import Language
from crm_store.conversations.models import Author, Kind
from tests.counting import asked_by_requests
from tests.fakes import DeadBot, FakeBot, SlowBot
from tests.integration.channels.phone.running import (
    ACCOUNT,
    GREETING,
    LineWith,
    PhoneLine,
    decide,
    hears_until,
)

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

ANA = "+4915112345678"
MOST_STATEMENTS = 12
"""For a known caller who is asked everything."""


async def ring(line: PhoneLine) -> str:
    url = f"{line.url}/phone/voice"
    form = {"CallSid": new_sid("CA"), "AccountSid": ACCOUNT.sid, "From": ANA, "To": "+4930"}
    async with httpx2.AsyncClient(trust_env=False) as client:
        answer = await client.post(url, data=form, headers=ACCOUNT.sign(url, form))
        answer.raise_for_status()
        return answer.text


async def test_a_ring_does_not_wait_for_the_assistant(either_line_with: LineWith) -> None:
    bot = SlowBot("Guten Tag.", "Der ist unterwegs.")

    async with either_line_with(bot) as line, line.phone.call() as call:
        greeting = await call.hears()
        await call.says("Wo ist mein Paket?")
        await hears_until(call, say("one_moment", Language.de))
        bot.go.set()
        await hears_until(call, "Der ist unterwegs.")
        said = await line.said()

    assert greeting == GREETING
    assert said == [
        (Author.bot, GREETING),
        (Author.customer, "Wo ist mein Paket?"),
        (Author.bot, "Der ist unterwegs."),
    ]
    assert bot.heard == ["", "Wo ist mein Paket?"]


async def test_the_assistant_learns_what_the_caller_was_told(either_line_with: LineWith) -> None:
    bot = FakeBot("Guten Tag.", "Gern.")

    async with either_line_with(bot) as line, line.phone.call(language="en") as call:
        told = await call.hears()
        await call.says("I would like to know more about that")
        await call.hears()
        first, *_ = await line.said()

    opened, _ = (request.body for request in bot.asked)
    assert (opened["kind"], opened["facts"]) == (Kind.opened, {"greeted": told})
    assert first == (Author.bot, told)


async def test_whoever_keeps_quiet_is_not_told_that_we_think(either_line_with: LineWith) -> None:
    async with either_line_with(SlowBot(GREETING)) as line:
        line.be_patient(Patience(answer=0.05, words=1, greeting=0))
        async with line.hurried_phone.call() as call:
            heard = [await call.hears(), await call.hears()]

    assert heard == [GREETING, say("not_heard", Language.de)]


async def test_a_dead_assistant_greets_nobody_twice(either_line_with: LineWith) -> None:
    async with either_line_with(DeadBot()) as line, line.phone.call() as call:
        heard = [await call.hears() for _ in range(2)]

    assert heard[0] == GREETING
    assert "Menschen" in heard[1]


async def test_a_ring_asks_the_store_for_little(either_line_with: LineWith) -> None:
    # It never answers, and so writes nothing meanwhile.
    async with either_line_with(SlowBot(GREETING)) as line:
        await line.knows_ana(ANA)
        await decide(line.sessions, other_language=True, recording="ask")
        # What callers are likely to say is read now and then only.
        await ring(line)
        with asked_by_requests() as asked:
            await ring(line)

    assert any("INSERT INTO messages" in statement for statement in asked)
    assert len(asked) <= MOST_STATEMENTS, asked
