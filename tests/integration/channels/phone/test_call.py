"""Calls from the first ring to the goodbye, with the store behind them."""

import pytest

from channels.bot import Tell
from channels.clock import SimulatedClock
from channels.messages import Answer, BotRequest, Choice, Reply
from channels.phone.line import Line
from channels.phone.patience import Patience
from channels.phone.webhooks import Ringing
from channels.phone.wording import say
from channels.simulator.call import CallEnded
from channels.simulator.simulator import Simulator
from crm_store.base import Language
from crm_store.conversations.models import Author, Handler
from crm_store.customers.models import Level
from crm_store.db import SessionFactory
from tests.fakes import DeadBot, FakeBot, SlowBot
from tests.integration.channels.phone.running import (
    ACCOUNT,
    GREETING,
    LineWith,
    decide,
    hears_until,
    keyed_in,
    next_in_line,
)

pytestmark = [pytest.mark.integration, pytest.mark.anyio]


class AskingBot(FakeBot):
    """In the middle of a form that waits for a number."""

    def __init__(self, slot: str, *replies: str) -> None:
        super().__init__(*replies)
        self._slot = slot

    async def reply(self, request: BotRequest, tell: Tell) -> Answer:
        answer = await super().reply(request, tell)
        return Answer(answer.replies, slots={"requested_slot": self._slot})


async def test_a_caller_who_hangs_up_ends_the_conversation(line_with: LineWith) -> None:
    async with line_with(FakeBot(GREETING)) as line:
        async with line.phone.call() as call:
            await call.hears()

        conversation = await line.conversation()
        assert (conversation.handler, conversation.outcome) == (Handler.closed, "hung_up")


async def test_a_line_speaks_its_own_language(line_with: LineWith) -> None:
    bot = FakeBot("Hello, this is the AI assistant.")

    async with line_with(bot) as line, line.phone.call(language="en") as call:
        await call.hears()

        assert (await line.conversation()).language is Language.en


async def test_a_known_number_brings_its_language_and_proves_nothing(line_with: LineWith) -> None:
    async with line_with(FakeBot("Hello, this is the AI assistant.")) as line:
        ana = await line.knows_ana("+4915112345678", Language.en)

        async with line.phone.call(from_="+4915112345678", language="de") as call:
            await call.hears()
            conversation = await line.conversation()

        assert conversation.language is Language.en
        assert (conversation.customer_id, conversation.level) == (ana.id, Level.claimed)


async def test_a_caller_who_breaks_in_has_not_heard_the_rest(line_with: LineWith) -> None:
    bot = FakeBot(GREETING, "Ich empfehle Nabucco, Aida und Otello.", "Gern, Aida.")

    async with line_with(bot) as line:
        async with line.phone.call() as call:
            await call.hears()
            await call.says("Ich liebe Opern von Verdi")
            await call.hears()
            await call.interrupts("Ich empfehle Nabucco, Aida")
            await call.says("Aida bitte")
            await call.hears()

        assert await line.said() == [
            (Author.bot, GREETING),
            (Author.customer, "Ich liebe Opern von Verdi"),
            (Author.bot, "Ich empfehle Nabucco, Aida"),
            (Author.customer, "Aida bitte"),
            (Author.bot, "Gern, Aida."),
        ]


async def test_a_key_takes_the_answer_of_its_place(line_with: LineWith) -> None:
    first, second = (
        Choice("Mehr davon", "more_like_this"),
        Choice("Etwas anderes", "something_else"),
    )
    bot = FakeBot(GREETING, Reply("Gefällt Ihnen das?", choices=(first, second)), "Gut.")

    async with line_with(bot) as line, line.phone.call() as call:
        await call.hears()
        await call.says("Ich mag Verdi")
        offer = await call.hears()
        await call.keys("2")
        await call.hears()

    assert offer == "Gefällt Ihnen das? Sie können sagen: Mehr davon oder Etwas anderes."
    assert bot.asked[-1].body["choice"] == {"intent": "something_else", "entities": {}}


async def test_a_keyed_code_reaches_the_bot_and_not_the_record(line_with: LineWith) -> None:
    bot = FakeBot(GREETING, "Danke.")

    async with line_with(bot) as line, line.phone.call() as call:
        await call.hears()
        await call.keys("123*471100#")
        again = await call.hears()
        await call.hears()
        said = await line.said()

    assert again == say("keys_cleared", Language.de)
    assert bot.heard[-1] == "471100"
    assert said[1] == (Author.customer, "••••••")


async def test_an_agents_typed_words_are_spoken_and_the_callers_reach_the_desk(
    line_with: LineWith,
) -> None:
    async with line_with(DeadBot()) as line, line.phone.call() as call:
        await call.hears()
        sorry, holding = await call.hears(), await call.hears()
        mia = await line.agent_takes_over("Mia")
        announced = await call.hears()
        await line.agent_types(mia, "Guten Tag, **Mia** hier.")
        spoken = await call.hears()
        await call.says("Schön, dass Sie da sind.")
        await line.agent_types(mia, "Was kann ich tun?")
        await call.hears()
        said = await line.said()
        await line.agent_closes(mia)
        rating = await call.hears()
        goodbye = await call.hears()
        with pytest.raises(CallEnded):
            await call.hears()

    assert "Menschen" in sorry
    assert holding == next_in_line("holding")
    assert announced == say("claimed", Language.de, agent="Mia")
    assert spoken == "Guten Tag, Mia hier."
    assert (Author.customer, "Schön, dass Sie da sind.") in said
    assert (rating, goodbye) == (say("rating", Language.de), say("goodbye", Language.de))


async def test_a_lost_connection_is_taken_up_where_the_caller_was_left(line_with: LineWith) -> None:
    async with line_with(FakeBot(GREETING, "Eins.", "Zwei.")) as line, line.phone.call() as call:
        await call.hears()
        await call.says("Erste Frage")
        await call.hears()
        # Whoever loses it earlier hears the answer again, which beats not hearing it.
        await line.has_noted(4)
        await call.loses_connection()
        back, again = await call.hears(), await call.hears()
        await call.says("Zweite Frage")
        answer = await call.hears()

    assert (back, again) == (say("back", Language.de), "Eins.")
    assert answer == "Zwei."


async def test_a_caller_whose_answer_takes_long_is_asked_for_a_moment(line_with: LineWith) -> None:
    bot = SlowBot(GREETING, "Jetzt weiß ich es.")
    bot.go.set()

    async with line_with(bot) as line:
        line.be_patient(Patience(answer=0.05))
        async with line.phone.call() as call:
            await call.hears()
            bot.go.clear()
            await call.says("Eine schwere Frage")
            moment = await call.hears()
            bot.go.set()
            await hears_until(call, "Jetzt weiß ich es.")

    assert moment == say("one_moment", Language.de)


async def test_who_speaks_before_all_is_offered_hears_soon_that_it_takes_a_while(
    line_with: LineWith, sessions: SessionFactory
) -> None:
    bot = SlowBot(GREETING, "Jetzt weiß ich es.")
    bot.go.set()

    async with line_with(bot) as line:
        await decide(sessions, other_language=True)
        line.be_patient(Patience(answer=0.05, words=60))
        async with line.phone.call() as call:
            await call.hears()
            bot.go.clear()
            await call.says("Eine schwere Frage")
            await hears_until(call, say("one_moment", Language.de))
            await hears_until(call, say("still_thinking", Language.de))
            bot.go.set()


async def test_a_noise_does_not_keep_a_caller_from_hearing_that_it_takes_a_while(
    line_with: LineWith,
) -> None:
    bot = SlowBot(GREETING, "Jetzt weiß ich es.")
    bot.go.set()

    async with line_with(bot) as line:
        line.be_patient(Patience(answer=0.05))
        async with line.phone.call() as call:
            await call.hears()
            bot.go.clear()
            await call.says("Eine schwere Frage")
            await call.hears()
            await call.coughs()
            patience = [await call.hears() for _ in range(3)]
            bot.go.set()

    words = {say("one_moment", Language.de), say("still_thinking", Language.de)}
    assert set(patience) <= words


async def test_a_caller_who_waits_for_a_person_is_not_left_in_silence(line_with: LineWith) -> None:
    async with line_with(DeadBot()) as line:
        line.be_patient(Patience(answer=0.05, person=0.05))
        async with line.phone.call() as call:
            heard = [await call.hears() for _ in range(5)]

    assert heard[2] == next_in_line("holding")
    assert heard[3:] == [next_in_line("still_holding")] * 2


async def test_whoever_waits_for_a_person_is_not_talked_to_all_the_time(
    line_with: LineWith,
) -> None:
    clock = SimulatedClock()
    async with line_with(DeadBot()) as line:
        line.be_patient(Patience(clock=clock))
        async with Simulator(ACCOUNT, line.url, clock=clock).call() as call:
            await hears_until(call, next_in_line("holding"))
            await clock.passes(Patience().person - 1)
            await line.agent_takes_over("Mia")
            heard = await call.hears()

    assert heard == say("claimed", Language.de, agent="Mia")


async def test_a_lone_zero_is_a_person_even_where_a_number_is_asked_for(
    line_with: LineWith,
) -> None:
    bot = AskingBot("claim", GREETING, "Wie ist Ihre Nummer?", "Ich verbinde Sie.")

    async with line_with(bot) as line:
        line.be_patient(Patience(keys=0.05))
        async with line.phone.call() as call:
            await call.hears()
            await call.says("Wo ist mein Paket?")
            await call.hears()
            await call.keys("0")
            await call.hears()

    assert bot.asked[-1].body["choice"] == {"intent": "ask_person", "entities": {}}


async def test_a_code_that_begins_with_zero_is_no_cry_for_a_person(line_with: LineWith) -> None:
    bot = AskingBot("code", GREETING, "Danke.")

    async with line_with(bot) as line, line.phone.call() as call:
        await call.hears()
        await call.keys("047110")
        await call.hears()

    assert keyed_in(bot.asked[-1]) == "047110"


async def test_a_language_that_changes_is_spoken_and_listened_to(line_with: LineWith) -> None:
    bot = FakeBot(GREETING, "Of course.")

    async with line_with(bot) as line, line.phone.call() as call:
        await call.hears()
        await call.says("I would rather speak English with you please")
        await call.hears()

        assert call.language == "en-US"


class BrokenLine:
    async def begin(self, call: Ringing, language: Language) -> str:
        raise OSError("the store is out of reach")

    async def end(self, call_sid: str) -> None:
        pass


async def test_a_caller_is_told_when_nothing_works(line_with: LineWith) -> None:
    async with line_with(FakeBot(GREETING)) as line:
        line.app.dependency_overrides[Line] = BrokenLine
        async with line.phone.call(language="en") as call:
            told = await call.hears()
            with pytest.raises(CallEnded):
                await call.hears()

    assert told == say("unreachable", Language.en)


async def test_whoever_has_heard_that_it_takes_a_moment_soon_hears_more(
    line_with: LineWith,
) -> None:
    bot = SlowBot(GREETING, "Jetzt weiß ich es.")
    bot.go.set()

    async with line_with(bot) as line:
        line.be_patient(Patience(answer=0.05, words=3600))
        async with line.phone.call() as call:
            await call.hears()
            bot.go.clear()
            await call.says("Eine schwere Frage")
            heard = [await call.hears(), await call.hears()]
            bot.go.set()

    assert heard == [say("one_moment", Language.de), say("still_thinking", Language.de)]
