"""A line that does not answer: what stands by speaks for it, and calls go on as soon as it does."""

import socket
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

import pytest

from channels.app import create_app
from channels.phone.standby import standby
from channels.phone.wording import say
from channels.settings import PhoneMode
from channels.simulator.asking import BIN
from channels.simulator.call import SimulatedCall
from channels.simulator.simulator import Simulator
from crm_store.base import Language
from crm_store.db import SessionFactory
from tests.fakes import FakeBot
from tests.integration.channels.phone.running import (
    ACCOUNT,
    GREETING,
    decide,
    line_settings,
)
from tests.serving import serving

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

UNHEARD = ("not_heard", "lost_words", "still_there")
PATIENCE = [say("standby", language) for language in Language]


@dataclass(frozen=True, slots=True)
class Restarting:
    """A line whose only process comes and goes; whoever asks meanwhile waits at its socket."""

    listening: socket.socket
    database_url: str
    mode: PhoneMode

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.listening.getsockname()[1]}"

    @property
    def phone(self) -> Simulator:
        return Simulator(ACCOUNT, self.url, standby=standby())

    @asynccontextmanager
    async def up(self, *replies: str) -> AsyncIterator[None]:
        told = line_settings(self.database_url, self.url, self.mode, rapport_phone_fallback_url=BIN)
        async with serving(create_app(told, FakeBot(*replies)), self.listening.dup()):
            yield


@pytest.fixture(params=PhoneMode)
async def line(
    request: pytest.FixtureRequest, database_url: str, sessions: SessionFactory
) -> AsyncIterator[Restarting]:
    await decide(sessions, other_language=False)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield Restarting(listening, database_url, request.param)


async def gets_through(call: SimulatedCall) -> None:
    """Speak until it is answered: what is said while the line comes back may be lost."""
    unheard = {say(words, Language.de) for words in UNHEARD}
    await call.says("Sind Sie da?")
    while (heard := await call.hears()) != "Gern.":
        if heard in unheard:
            await call.says("Sind Sie da?")


async def test_callers_hear_a_word_while_nobody_answers_and_go_on_then(line: Restarting) -> None:
    async with AsyncExitStack() as held:
        async with line.up(GREETING):
            call = await held.enter_async_context(line.phone.call())
            assert await call.hears() == GREETING
        if line.mode is PhoneMode.gather:
            await call.says("Hallo")
        while_down = [await call.hears() for _ in Language]
        async with line.up("Gern."):
            await gets_through(call)
            await held.aclose()

    assert while_down == PATIENCE
