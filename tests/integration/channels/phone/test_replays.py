"""Webhooks that somebody has recorded and sends again, and more than a call may have."""

import json
from datetime import timedelta

import httpx2
import pytest
from sqlalchemy import update
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from channels.clock import SimulatedClock
from channels.phone.patience import Patience
from channels.phone.relay import LONGEST_FRAME
from channels.phone.wording import say
from channels.simulator.call import CallEnded
from channels.simulator.protocol import setup
from channels.simulator.twiml import verbs
from channels.simulator.verbs import Relay
from crm_store.base import Language, utc_now
from crm_store.conversations.models import Author, Conversation
from crm_store.strategy.policies import seed
from crm_store.strategy.repository import PolicyRepository
from tests.fakes import FakeBot
from tests.fixtures.twilio import body
from tests.integration.channels.phone.running import (
    ACCOUNT,
    GREETING,
    LineWith,
    PhoneLine,
    hears_until,
)

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

TOKEN = "I-Twilio-Idempotency-Token"
NAMELESS = ("SessionId", "SessionStatus", "ErrorCode", "ErrorMessage", "SessionDuration")
"""What whoever asks by way of what stands by does not say of a relay."""


async def post(
    line: PhoneLine, path: str, form: str, token: str, *, but: tuple[str, ...] = ()
) -> httpx2.Response:
    url = f"{line.url}/phone/{path}"
    fields = {name: value for name, value in body(form).items() if name not in but}
    headers = {**ACCOUNT.sign(url, fields), TOKEN: token}
    async with httpx2.AsyncClient(trust_env=False) as client:
        return await client.post(url, data=fields, headers=headers)


async def allows(line: PhoneLine, **limits: int) -> None:
    async with line.sessions.begin() as session:
        calls = {**seed()["calls"], **limits}
        await PolicyRepository(session).change("calls", calls, at=utc_now())


async def test_a_replayed_webhook_is_answered_from_the_store(plain_line_with: LineWith) -> None:
    async with plain_line_with(FakeBot(GREETING, "Eins.")) as line:
        await post(line, "voice", "voice_ringing", "a")
        first = await post(line, "gather/2", "gather_speech", "b")
    async with plain_line_with(FakeBot("Zwei.")) as line:
        again = await post(line, "gather/2", "gather_speech", "b")
        other = await post(line, "gather/3", "gather_speech", "b")

    assert (again.content, again.headers["content-type"]) == (
        first.content,
        first.headers["content-type"],
    )
    assert "Eins." in first.text
    assert "Zwei." in other.text


@pytest.mark.parametrize("order", [(NAMELESS, ()), ((), NAMELESS)], ids=["nameless", "named"])
async def test_the_end_of_a_relay_is_answered_once_whoever_asks_first(
    line_with: LineWith, order: tuple[tuple[str, ...], ...]
) -> None:
    async with line_with(FakeBot(GREETING, "Gern.")) as line:
        await post(line, "voice", "voice_ringing", "a")
        first, again = [
            await post(line, "ended", "relay_failed", token, but=but)
            for token, but in zip("bc", order, strict=True)
        ]
        answer = await post(line, "gather/2", "gather_speech", "d")

    assert first.text == again.text
    assert "Gern." in answer.text


async def test_a_call_that_is_long_over_has_no_news(line_with: LineWith) -> None:
    async with line_with(FakeBot(GREETING)) as line:
        await post(line, "voice", "voice_ringing", "a")
        await post(line, "status", "status_completed", "b")
        late = await post(line, "status", "status_completed", "c")
        async with line.sessions.begin() as session:
            ended = utc_now() - timedelta(hours=1, minutes=1)
            await session.execute(update(Conversation).values(closed_at=ended))
        too_late = [await post(line, "status", "status_completed", token) for token in "bd"]

    assert late.status_code == 204
    assert [answer.status_code for answer in too_late] == [410, 410]


async def test_a_call_ends_kindly_after_its_turns(either_line_with: LineWith) -> None:
    async with either_line_with(FakeBot(GREETING, "Eins.", "Zwei.")) as line:
        await allows(line, most_turns=2)
        async with line.phone.call() as call:
            await call.hears()
            for answer in ("Eins.", "Zwei."):
                await call.says("Und weiter?")
                await hears_until(call, answer)
            assert await call.hears() == say("enough", Language.de)
            with pytest.raises(CallEnded):
                await call.hears()


async def test_a_call_ends_kindly_after_its_time(line_with: LineWith) -> None:
    clock = SimulatedClock()
    async with line_with(FakeBot(GREETING, "Gern.")) as line:
        line.be_patient(Patience(clock=clock, words=3600))
        async with line.phone.call() as call:
            await call.hears()
            await call.says("Eins")
            await call.hears()
            await clock.passes(1810)
            await call.says("Zwei")
            heard = [await call.hears(), await call.hears()]

    assert heard == ["Gern.", say("enough", Language.de)]


async def test_a_caller_who_is_too_fast_is_asked_to_wait(line_with: LineWith) -> None:
    async with line_with(FakeBot(GREETING, "Gern.")) as line:
        await allows(line, most_per_minute=1)
        async with line.phone.call() as call:
            await call.hears()
            await call.says("Eins")
            await call.hears()
            await call.says("Zwei")
            asked_to_wait = await call.hears()
        said = await line.said()

    assert asked_to_wait == say("too_fast", Language.de)
    assert [text for author, text in said if author is Author.customer] == ["Eins"]


async def test_a_frame_that_is_too_long_ends_the_socket(line_with: LineWith) -> None:
    async with line_with(FakeBot(GREETING)) as line:
        relay = verbs((await post(line, "voice", "voice_ringing", "a")).text)[0]
        assert isinstance(relay, Relay)
        hello = setup(
            session="VX1",
            account=ACCOUNT.sid,
            call=body("voice_ringing")["CallSid"],
            caller="",
            called="",
            parameters=relay.parameters,
        )
        async with connect(
            relay.url, additional_headers=ACCOUNT.sign(relay.url), proxy=None
        ) as socket:
            await socket.send(json.dumps(hello))
            await socket.send(json.dumps({"type": "prompt", "voicePrompt": "a" * LONGEST_FRAME}))
            with pytest.raises(ConnectionClosed):
                await socket.recv()
        said = await line.said()

    assert said == [(Author.bot, GREETING)]
