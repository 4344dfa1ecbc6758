"""The pretend phone in the browser and in the terminal."""

import asyncio
import io
import json
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from typing import Any

import pytest
from rich.console import Console
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import InvalidStatus
from websockets.typing import Origin

from channels.phone.wording import say
from channels.simulator import terminal
from channels.simulator.account import Account
from channels.simulator.call import CallEnded
from channels.simulator.refusal import Refused
from channels.simulator.simulator import Simulator
from crm_store.base import Language
from crm_store.conversations.models import Author, Handler
from tests.fakes import FakeBot
from tests.integration.channels.phone.running import GREETING, LineWith

pytestmark = [pytest.mark.integration, pytest.mark.anyio]


async def frames_until(socket: ClientConnection, kind: str) -> list[Any]:
    frames = []
    async for frame in socket:
        frames.append(json.loads(frame))
        if frames[-1]["type"] == kind:
            break
    return frames


async def soon(happened: Callable[[], bool]) -> None:
    for _ in range(500):
        if happened():
            return
        await asyncio.sleep(0.02)
    raise AssertionError("it did not happen")


async def test_a_page_holds_a_call(line_with: LineWith) -> None:
    async with (
        line_with(FakeBot(GREETING, "Gern.")) as line,
        connect(line.socket_url("/demo/phone/socket"), origin=line.origin, proxy=None) as page,
    ):
        await page.send(json.dumps({"type": "call", "from": "+4915112345678", "language": "de"}))
        begun = await frames_until(page, "speaks")
        await page.send(json.dumps({"type": "say", "text": "Hallo"}))
        await page.send(json.dumps({"type": "key", "digit": "0"}))
        answered = await frames_until(page, "speaks")
        await page.send(json.dumps({"type": "interrupt"}))
        await page.send(json.dumps({"type": "hang_up"}))
        ended = await frames_until(page, "ended")

    assert [frame["type"] for frame in begun] == ["ringing", "connected", "speaks"]
    assert begun[-1] == {"type": "speaks", "text": GREETING, "language": "de-DE", "last": True}
    assert answered[-1]["text"] == "Gern."
    assert ended[-1] == {"type": "ended", "reason": "completed"}


async def test_a_page_holds_a_call_without_a_relay(plain_line_with: LineWith) -> None:
    async with (
        plain_line_with(FakeBot(GREETING, "Gern.")) as line,
        connect(line.socket_url("/demo/phone/socket"), origin=line.origin, proxy=None) as page,
    ):
        await page.send(json.dumps({"type": "call", "from": "+4915112345678", "language": "de"}))
        begun = await frames_until(page, "speaks")
        await page.send(json.dumps({"type": "say", "text": "Hallo"}))
        answered = await frames_until(page, "speaks")
        await page.send(json.dumps({"type": "hang_up"}))
        ended = await frames_until(page, "ended")

    assert [frame["type"] for frame in begun] == ["ringing", "connected", "speaks"]
    assert answered[-1]["text"] == "Gern."
    assert ended[-1] == {"type": "ended", "reason": "completed"}


async def test_whoever_is_gone_without_a_word_has_hung_up(line_with: LineWith) -> None:
    async with line_with(FakeBot(GREETING)) as line:
        with suppress(ConnectionResetError):
            async with line.phone.call() as call:
                await call.hears()
                raise ConnectionResetError

        conversation = await line.conversation()

    assert (conversation.handler, conversation.outcome) == (Handler.closed, "hung_up")


async def test_a_strangers_page_gets_no_phone(line_with: LineWith) -> None:
    async with line_with(FakeBot(GREETING)) as line:
        with pytest.raises(InvalidStatus):
            await connect(
                line.socket_url("/demo/phone/socket"),
                origin=Origin("https://stranger.example"),
                proxy=None,
            )


async def test_a_terminal_holds_a_call(line_with: LineWith) -> None:
    screen, bot = io.StringIO(), FakeBot(GREETING, "Gern.")

    async def typed() -> AsyncIterator[str]:
        for words in ("Ich liebe Verdi", "", "!", "471100#"):
            yield words
        await line.has_noted(6)
        yield terminal.GOODBYE

    async with line_with(bot) as line, line.phone.call() as call:
        well = await terminal.hold(call, Console(file=screen, width=200), typed())
        said = await line.said()

    assert well
    assert bot.heard[-1] == "471100"
    assert f"de-DE  {GREETING}" in screen.getvalue()
    assert (Author.customer, "Ich liebe Verdi") in said


async def test_a_terminal_loses_the_relay_and_goes_on(line_with: LineWith) -> None:
    screen, bot = io.StringIO(), FakeBot(GREETING, "Gern.")

    async def typed() -> AsyncIterator[str]:
        yield "Ich liebe Verdi"
        await line.has_noted(4)
        yield terminal.LOSE
        await soon(lambda: say("back", Language.de) in screen.getvalue())
        yield "471100#"
        await soon(lambda: bot.heard[-1] == "471100")

    async with line_with(bot) as line, line.phone.call() as call:
        await terminal.hold(call, Console(file=screen, width=200), typed())

    assert bot.heard[-1] == "471100"


async def test_a_phone_with_a_wrong_token_gets_nowhere(line_with: LineWith) -> None:
    async with line_with(FakeBot(GREETING)) as line:
        stranger = Simulator(Account("AC1", "a-guess"), line.url)
        async with stranger.call() as call:
            with pytest.raises(Refused, match="403"):
                await call.hears()
            with pytest.raises(CallEnded):
                await call.hears()
