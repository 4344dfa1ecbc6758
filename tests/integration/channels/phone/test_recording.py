"""Recording a call: only after a yes, never with a code on it, and heard by nobody but agents."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from sqlalchemy import select

from channels.bot import Tell
from channels.messages import Answer, BotRequest
from channels.phone.rest import PhoneCompanyFailed, Twilio
from channels.phone.wording import say
from channels.privacy.forgetting import Forgetting
from channels.simulator.call import SimulatedCall
from channels.simulator.simulator import THE_LINE
from crm_store.base import Json, Language, utc_now
from crm_store.conversations.models import Author, Kind
from crm_store.privacy.models import Consent, ConsentKind
from crm_store.recordings.models import CallRecording, RecordingState
from crm_store.recordings.repository import RecordingRepository
from tests.fakes import FakeBot
from tests.integration.channels.phone.running import (
    ACCOUNT,
    GREETING,
    LineWith,
    PhoneLine,
    decide,
    hears_until,
)

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

QUESTION = {language: say("may_record", language) for language in Language}
THANKS = {language: say("recording_allowed", language) for language in Language}
FINE = {language: say("recording_refused", language) for language in Language}
State = RecordingState


class CodeBot(FakeBot):
    """Asks for a code, and thanks for it."""

    async def reply(self, request: BotRequest, tell: Tell) -> Answer:
        answer = await super().reply(request, tell)
        asks = answer.replies[0].text.startswith("Bitte tippen")
        slots: Json = {"requested_slot": "code" if asks else None}
        return Answer(answer.replies, slots=slots)


class NeverPauses(Twilio):
    def __init__(self, url: str) -> None:
        super().__init__(ACCOUNT.sid, ACCOUNT.token, number=THE_LINE, address=url)

    async def pause_recording(self, call_sid: str) -> None:
        raise PhoneCompanyFailed


class NeverRecords(NeverPauses):
    async def record(self, call_sid: str, *, status_url: str) -> str:
        raise PhoneCompanyFailed


@asynccontextmanager
async def asked(line: PhoneLine, language: Language = Language.de) -> AsyncIterator[SimulatedCall]:
    await decide(line.sessions, recording="ask")
    async with line.phone.call(language=language) as call:
        await hears_until(call, QUESTION[language])
        yield call


async def recording(line: PhoneLine) -> CallRecording:
    async with line.sessions() as session:
        return (await session.scalars(select(CallRecording))).one()


async def becomes(line: PhoneLine, *states: RecordingState) -> CallRecording:
    return await _until(line, lambda now: now.state in states)


async def settled(line: PhoneLine) -> CallRecording:
    """Wait until the company has nothing of it any more."""
    return await _until(line, lambda now: now.recording is not None and not now.at_company)


async def _until(line: PhoneLine, is_so: Callable[[CallRecording], bool]) -> CallRecording:
    for _ in range(500):
        now = await recording(line)
        if is_so(now):
            return now
        await asyncio.sleep(0.02)
    raise AssertionError(f"the recording is {now.state}")


async def consents(line: PhoneLine) -> list[tuple[ConsentKind, bool, str]]:
    async with line.sessions() as session:
        rows = await session.scalars(select(Consent))
        return [(row.kind, row.given, row.text_version) for row in rows]


async def sound(line: PhoneLine) -> bytes | None:
    async with line.sessions() as session:
        return await RecordingRepository(session).sound((await line.conversation()).id)


async def test_nobody_is_asked_unless_the_shop_says_so(either_line_with: LineWith) -> None:
    async with either_line_with(FakeBot(GREETING, "Gern.")) as line:
        async with line.phone.call() as call:
            await call.hears()
            await call.says("Ja")
            answer = await call.hears()

        assert answer == "Gern."
        assert await consents(line) == []


@pytest.mark.parametrize("language", Language)
async def test_a_yes_is_a_consent_and_the_call_is_kept_here(
    either_line_with: LineWith, language: Language
) -> None:
    bot = FakeBot(GREETING, "Gern.")

    async with either_line_with(bot) as line:
        async with asked(line, language) as call:
            await call.says({Language.de: "Ja, gerne.", Language.en: "Yes, please."}[language])
            await hears_until(call, THANKS[language])
            await becomes(line, State.running)
        kept = await settled(line)

        heard = await sound(line)
        assert heard is not None
        assert heard.startswith(b"\xff\xf3")
        assert (kept.state, bool(kept.seconds)) == (State.kept, True)
        [(kind, given, version)] = await consents(line)
        assert (kind, given, bool(version)) == (ConsentKind.recording, True, True)
        kinds = [message.kind for message in await line.messages()]
        assert Kind.recording_allowed in kinds
        # The assistant was asked to greet, and heard nothing of the yes.
        assert len(bot.asked) == 1


async def test_key_one_is_a_yes(either_line_with: LineWith) -> None:
    async with either_line_with(FakeBot(GREETING, "Gern.")) as line:
        async with asked(line) as call:
            await call.keys("1#")
            await hears_until(call, THANKS[Language.de])
            await becomes(line, State.running)

        assert (Author.customer, "Ja") in await line.said()


async def test_a_no_is_kept_as_one_and_the_call_goes_on(either_line_with: LineWith) -> None:
    async with either_line_with(FakeBot(GREETING, "Die ist unterwegs.")) as line:
        async with asked(line) as call:
            await call.says("Nein, danke.")
            await hears_until(call, FINE[Language.de])
            await call.says("Wo ist meine Bestellung?")
            await hears_until(call, "Die ist unterwegs.")

        assert (await recording(line)).state is State.refused
        assert [given for _, given, _ in await consents(line)] == [False]


async def test_whoever_says_something_else_is_not_recorded(either_line_with: LineWith) -> None:
    async with either_line_with(FakeBot(GREETING, "Die ist unterwegs.")) as line:
        async with asked(line) as call:
            await call.says("Ja, wo ist denn meine Bestellung?")
            await hears_until(call, "Die ist unterwegs.")
            await call.says("Ja")
            await hears_until(call, "Die ist unterwegs.")

        assert (await recording(line)).state is State.refused
        assert await consents(line) == []


async def test_nothing_is_recorded_while_a_code_is_keyed_in(either_line_with: LineWith) -> None:
    bot = CodeBot(GREETING, "Bitte tippen Sie den Code ein.", "Danke.")

    async with either_line_with(bot) as line:
        async with asked(line) as call:
            await call.keys("1#")
            await hears_until(call, THANKS[Language.de])
            await becomes(line, State.running)
            await call.says("Wo ist meine Bestellung?")
            await hears_until(call, "Bitte tippen Sie den Code ein.")
            await becomes(line, State.paused)
            await call.keys("123456")
            await hears_until(call, "Danke.")
            await becomes(line, State.running)
        await settled(line)


async def test_what_could_not_be_paused_is_kept_nowhere(line_with: LineWith) -> None:
    bot = CodeBot(GREETING, "Bitte tippen Sie den Code ein.")

    async with line_with(bot, company=NeverPauses) as line:
        async with asked(line) as call:
            await call.keys("1#")
            await becomes(line, State.running)
            await call.says("Wo ist meine Bestellung?")
            await becomes(line, State.spoilt)
        spoilt = await settled(line)

        assert (spoilt.state, await sound(line)) == (State.spoilt, None)


async def test_a_company_that_does_not_record_breaks_no_call(either_line_with: LineWith) -> None:
    async with either_line_with(FakeBot(GREETING, "Gern."), company=NeverRecords) as line:
        async with asked(line) as call:
            await call.keys("1#")
            await hears_until(call, THANKS[Language.de])
            await call.says("Hallo")
            await hears_until(call, "Gern.")
        await becomes(line, State.failed)


async def test_recordings_are_removed_after_their_time(line_with: LineWith) -> None:
    async with line_with(FakeBot(GREETING, "Gern.")) as line:
        async with asked(line) as call:
            await call.keys("1#")
            await becomes(line, State.running)
        await settled(line)

        await Forgetting(line.sessions).forget_expired(utc_now() + timedelta(days=29))
        assert await sound(line) is not None
        await Forgetting(line.sessions).forget_expired(utc_now() + timedelta(days=31))

        assert await sound(line) is None
        assert (await recording(line)).state is State.removed


async def test_another_language_asks_again_in_that_one(either_line_with: LineWith) -> None:
    bot = FakeBot(GREETING, "All right, in English.")

    async with either_line_with(bot) as line, asked(line) as call:
        await call.keys("2#")
        await hears_until(call, QUESTION[Language.en])
        await call.says("yes")
        await hears_until(call, THANKS[Language.en])
        await becomes(line, State.running)
