"""Calls without a relay, from the first ring to the goodbye, with the store behind them."""

import asyncio
from functools import partial

import httpx2
import pytest

from channels.messages import Choice, Reply
from channels.phone import twiml
from channels.phone.gathering import Gathering
from channels.phone.patience import Patience
from channels.phone.webhooks import Gathered
from channels.phone.wording import say
from channels.simulator.call import CallEnded
from channels.simulator.twiml import verbs
from channels.simulator.verbs import Gather, Redirect, Say
from crm_store.base import Language
from crm_store.conversations.models import Author, Handler, Kind
from tests.fakes import DeadBot, FakeBot, SlowBot
from tests.fixtures.twilio import body
from tests.integration.channels.phone.running import (
    ACCOUNT,
    GREETING,
    LineWith,
    PhoneLine,
    hears_until,
    next_in_line,
)

pytestmark = [pytest.mark.integration, pytest.mark.anyio]


async def post(line: PhoneLine, path: str, name: str) -> str:
    url, form = f"{line.url}/phone/{path}", body(name)
    async with httpx2.AsyncClient(trust_env=False) as client:
        answer = await client.post(url, data=form, headers=ACCOUNT.sign(url, form))
        answer.raise_for_status()
        return answer.text


async def test_nobody_can_skip_the_greeting(plain_line_with: LineWith) -> None:
    async with plain_line_with(FakeBot(GREETING)) as line:
        begun = verbs(await post(line, "voice?language=de", "voice_ringing"))

    assert isinstance(begun[0], Say)
    assert begun[0].text == GREETING
    assert isinstance(begun[1], Gather)
    assert begun[1].says == ()


async def test_whoever_cannot_be_served_by_the_assistant_learns_it_at_once(
    plain_line_with: LineWith,
) -> None:
    async with plain_line_with(DeadBot()) as line:
        begun = verbs(await post(line, "voice?language=de", "voice_ringing"))
        then = verbs(await post(line, "gather/2", "gather_silence"))[0]

    assert begun[0] == Say(GREETING, "de-DE")
    assert isinstance(begun[1], Gather)
    assert begun[2] == Redirect(f"{line.url}/phone/gather/2?silent=true")
    assert isinstance(then, Gather)
    assert [said.text for said in then.says][-1] == next_in_line("holding")


async def test_a_key_takes_the_answer_of_its_place(plain_line_with: LineWith) -> None:
    choices = (Choice("Mehr davon", "more_like_this"), Choice("Anderes", "something_else"))
    bot = FakeBot(GREETING, Reply("Gefällt Ihnen das?", choices=choices), "Gut.")

    async with plain_line_with(bot) as line, line.phone.call() as call:
        await call.hears()
        await call.says("Ich mag Verdi")
        offer = await call.hears()
        await call.keys("2#")
        await call.hears()

    assert offer == "Gefällt Ihnen das? Sie können sagen: Mehr davon oder Anderes."
    assert bot.asked[-1].body["choice"] == {"intent": "something_else", "entities": {}}


async def test_words_that_were_lost_on_their_way_are_asked_for_again(
    plain_line_with: LineWith,
) -> None:
    async with plain_line_with(FakeBot(GREETING)) as line:
        await post(line, "voice?language=de", "voice_ringing")
        lost = verbs(await post(line, "gather/2", "gather_silence"))[0]
        silent = verbs(await post(line, "gather/3?silent=true", "gather_silence"))[0]

    assert isinstance(lost, Gather)
    assert isinstance(silent, Gather)
    assert [said.text for said in lost.says] == [say("lost_words", Language.de)]
    assert silent.says[0].text == say("not_heard", Language.de)


async def test_one_key_is_enough_where_nothing_longer_can_be_meant(
    plain_line_with: LineWith,
) -> None:
    choices = (Choice("Mehr davon", "more_like_this"), Choice("Anderes", "something_else"))
    bot = FakeBot(GREETING, Reply("Gefällt Ihnen das?", choices=choices), "Wie bitte?")

    async with plain_line_with(bot) as line:
        await post(line, "voice?language=de", "voice_ringing")
        offered = verbs(await post(line, "gather/2", "gather_speech"))[0]
        asked = verbs(await post(line, "gather/3", "gather_speech"))[0]

    assert isinstance(offered, Gather)
    assert isinstance(asked, Gather)
    assert (offered.digits, asked.digits) == (1, None)


async def test_a_keyed_code_reaches_the_bot_and_neither_record_nor_log(
    plain_line_with: LineWith, caplog: pytest.LogCaptureFixture
) -> None:
    bot = FakeBot(GREETING, "Danke.")

    async with plain_line_with(bot) as line, line.phone.call() as call:
        await call.hears()
        await call.keys("12*#")
        again = await call.hears()
        await call.keys("123*471100#")
        await call.hears()
        said = await line.said()

    assert again == say("keys_cleared", Language.de)
    assert bot.heard[-1] == "471100"
    assert said[1] == (Author.customer, "••••••")
    assert "471100" not in caplog.text


async def test_a_language_that_changes_is_spoken_and_listened_to(
    plain_line_with: LineWith,
) -> None:
    bot = FakeBot(GREETING, "Of course.")

    async with plain_line_with(bot) as line, line.phone.call() as call:
        await call.hears()
        await call.says("I would rather speak English with you please")
        await call.hears()
        # The next thing said waits until the line listens again.
        await call.says("Thank you very much for that")

        assert call.language == "en-US"


async def test_silence_is_asked_into_twice_and_ends_the_call_then(
    plain_line_with: LineWith,
) -> None:
    async with plain_line_with(FakeBot(GREETING)) as line, line.hurried_phone.call() as call:
        heard = [await call.hears() for _ in range(5)]
        with pytest.raises(CallEnded):
            await call.hears()
        conversation = await line.conversation()

    german = Language.de
    assert heard == [
        *(GREETING, say("not_heard", german), GREETING),
        *(say("still_there", german), say("gone_quiet", german)),
    ]
    assert (conversation.handler, conversation.outcome) == (Handler.closed, "hung_up")


async def test_a_caller_whose_answer_takes_long_never_hears_nothing(
    plain_line_with: LineWith,
) -> None:
    bot = SlowBot(GREETING, "Jetzt weiß ich es.")
    bot.go.set()

    async with plain_line_with(bot) as line:
        line.be_patient(Patience(answer=0.05))
        async with line.phone.call() as call:
            await call.hears()
            bot.go.clear()
            await call.says("Eine schwere Frage")
            patience = [await call.hears() for _ in range(3)]
            bot.go.set()
            await hears_until(call, "Jetzt weiß ich es.")

        german = Language.de
        assert patience == [say("one_moment", german), *[say("still_thinking", german)] * 2]
        assert [author for author, _ in await line.said()].count(Author.customer) == 1
    assert len(bot.asked) == 2


async def test_an_agents_typed_words_are_spoken_and_the_callers_reach_the_desk(
    plain_line_with: LineWith,
) -> None:
    async with plain_line_with(DeadBot()) as line, line.hurried_phone.call() as call:
        await hears_until(call, next_in_line("holding"))
        mia = await line.agent_takes_over("Mia")
        await hears_until(call, say("claimed", Language.de, agent="Mia"))
        await line.agent_types(mia, "Guten Tag, **Mia** hier.")
        await hears_until(call, "Guten Tag, Mia hier.")
        await call.says("Schön, dass Sie da sind.")
        await line.agent_types(mia, "Was kann ich tun?")
        await hears_until(call, "Was kann ich tun?")
        said = await line.said()
        await line.agent_closes(mia)
        await hears_until(call, say("rating", Language.de))
        await hears_until(call, say("goodbye", Language.de))
        with pytest.raises(CallEnded):
            await call.hears()

    assert (Author.customer, "Schön, dass Sie da sind.") in said


async def test_a_caller_who_waits_for_a_person_is_reassured(plain_line_with: LineWith) -> None:
    async with plain_line_with(DeadBot()) as line:
        line.be_patient(Patience(answer=0.05, person=0.05))
        async with line.hurried_phone.call() as call:
            await hears_until(call, next_in_line("still_holding"))
            await hears_until(call, next_in_line("still_holding"))


async def test_a_repeated_request_gets_its_first_answer_and_changes_nothing(
    plain_line_with: LineWith,
) -> None:
    bot = FakeBot(GREETING, "Eins.", "Zwei.")

    async with plain_line_with(bot) as line:
        await post(line, "voice", "voice_ringing")
        at_once = await asyncio.gather(*(post(line, "gather/2", "gather_speech") for _ in range(3)))
        later = await post(line, "gather/3", "gather_keys")
        late = await post(line, "gather/2", "gather_silence")
        said = await line.said()

    assert len({*at_once, late}) == 1
    assert later != late
    assert [text for _, text in said] == [
        *(GREETING, "Wo ist meine Bestellung?", "Eins."),
        *("10482", "Zwei."),
    ]


async def test_a_turn_that_was_never_asked_for_is_hung_up(plain_line_with: LineWith) -> None:
    async with plain_line_with(FakeBot(GREETING)) as line:
        unbegun = await post(line, "gather/2", "gather_speech")
        await post(line, "voice", "voice_ringing")
        ahead = await post(line, "gather/7", "gather_speech")
        messages = await line.messages()

    assert "<Hangup" in unbegun
    assert "<Hangup" in ahead
    assert [message.kind for message in messages] == [Kind.opened, Kind.said]


async def test_no_address_says_more_than_the_number_of_the_turn(
    plain_line_with: LineWith,
) -> None:
    async with plain_line_with(FakeBot(GREETING)) as line:
        begun = verbs(await post(line, "voice?language=de", "voice_ringing"))
        gather, redirect = begun[-2:]

    assert isinstance(gather, Gather)
    assert isinstance(redirect, Redirect)
    assert gather.action == f"{line.url}/phone/gather/2"
    assert redirect.url == f"{line.url}/phone/gather/2?silent=true"


async def test_a_call_goes_on_in_another_process(plain_line_with: LineWith) -> None:
    async with plain_line_with(FakeBot(GREETING)) as line:
        await post(line, "voice", "voice_ringing")
        first = await post(line, "gather/2", "gather_silence")
    async with plain_line_with(FakeBot("Gern.")) as line:
        again = await post(line, "gather/2", "gather_silence")
        answer = verbs(await post(line, "gather/3", "gather_speech"))[0]

    assert again == first
    assert isinstance(answer, Gather)
    assert [said.text for said in answer.says] == ["Gern."]


class Hiccup:
    """Finds the store out of reach for some times."""

    def __init__(self, times: int) -> None:
        self._times = times

    async def go_on(self, heard: Gathered, number: int, *, silent: bool) -> str:
        self._times -= 1
        if self._times >= 0:
            raise OSError("the store is out of reach")
        return twiml.goodbye(Language.de, "Da bin ich wieder.")


@pytest.mark.parametrize(("times", "told"), [(1, "Da bin ich wieder."), (9, "Leitung ist gestört")])
async def test_a_store_that_is_out_of_reach_is_waited_for(
    plain_line_with: LineWith, times: int, told: str
) -> None:
    async with plain_line_with(FakeBot(GREETING)) as line:
        line.be_patient(Patience(store=0.5))
        line.app.dependency_overrides[Gathering] = partial(Hiccup, times)
        answer = await post(line, "gather/2", "gather_speech")

    assert told in answer


async def test_a_caller_who_hangs_up_while_listened_to_ends_the_conversation(
    plain_line_with: LineWith,
) -> None:
    async with plain_line_with(FakeBot(GREETING)) as line:
        await post(line, "voice", "voice_ringing")
        ended = await post(line, "gather/2", "gather_hung_up")
        conversation = await line.conversation()

    assert "<Hangup" in ended
    assert conversation.handler is Handler.closed
