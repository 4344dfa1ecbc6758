"""One pretended call: the caller speaks, presses keys, breaks in and hangs up."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import suppress
from dataclasses import dataclass
from time import monotonic, perf_counter
from typing import Any
from urllib.parse import urljoin

from channels.clock import Clock
from channels.simulator.account import Account, new_sid
from channels.simulator.asking import Document, Ends, Questions
from channels.simulator.attendance import Switchboard
from channels.simulator.events import Connected, Ended, Event, Problem, Spoken
from channels.simulator.faults import Fault
from channels.simulator.mouth import AT_ONCE
from channels.simulator.obeying import Obeying
from channels.simulator.refusal import Refused
from channels.simulator.webhooks import Webhooks

HEARS_WITHIN_SECONDS = 15.0
IS_HEARD_WITHIN_SECONDS = 60.0
"""As long as somebody waits who is told again and again that it takes a while."""


@dataclass(frozen=True, slots=True)
class Rung:
    """How a call came about that the application has made: by this number, reported there."""

    sid: str
    status_url: str | None
    falls_back: bool = False
    """Whether the application has named what stands by for it."""


class CallEnded(Exception):  # noqa: N818 - it names a state, not a failure
    """There is nobody on the line any more."""


class SimulatedCall:
    """A call that a test, a terminal or a page holds."""

    def __init__(
        self,
        account: Account,
        webhooks: Webhooks,
        *,
        voice_url: str,
        caller: str,
        called: str,
        relay_fails: Fault | None = None,
        clock: Clock,
        pace: float = AT_ONCE,
        rung: Rung | None = None,
        switchboard: Switchboard | None = None,
        standby: str | None = None,
    ) -> None:
        self.sid = new_sid("CA") if rung is None else rung.sid
        self.caller = caller
        self.called = called
        self._rung = rung
        self._webhooks = webhooks
        self._voice_url = voice_url
        self._events: asyncio.Queue[Event] = asyncio.Queue()
        self._questions = Questions(
            account,
            webhooks,
            Ends(caller, called, outbound=rung is not None),
            call=self.sid,
            standby=standby if rung is None or rung.falls_back else None,
            clock=clock,
            tell=self._events.put_nowait,
        )
        self._line = Obeying(
            account,
            self._questions,
            clock=clock,
            pace=pace,
            relay_fails=relay_fails,
            switchboard=switchboard,
        )
        self._over = False
        self._heard_at = perf_counter()
        self._began = monotonic()

    @property
    def language(self) -> str:
        """The language that the other side listens to now."""
        return self._line.language

    @property
    def heard_at(self) -> float:
        """When the words were spoken that were returned last."""
        return self._heard_at

    @property
    def over(self) -> bool:
        """Whether the line is dead."""
        return self._over

    async def live(self) -> None:
        """Dial, obey every answer, and report the end; runs for as long as the call."""
        reason = "completed"
        try:
            status = "ringing" if self._rung is None else "in-progress"
            await self._line.obey(await self._questions.document(self._voice_url, status))
        except Refused as refused:
            self._events.put_nowait(Problem(str(refused)))
            reason = "failed"
        with suppress(Refused):
            await self._report_end()
            await self._webhooks.deliver_the_rest()
        self._over = True
        self._events.put_nowait(Ended(reason))

    async def events(self) -> AsyncIterator[Event]:
        """Yield what the caller notices, until the line is dead."""
        while True:
            event = await self._events.get()
            yield event
            if isinstance(event, Ended):
                return

    async def hears(self, *, within: float = HEARS_WITHIN_SECONDS) -> str:
        """Return what is said next; raise CallEnded, or Refused for what Twilio would refuse."""
        heard = ""
        async with asyncio.timeout(within):
            while True:
                match await self._events.get():
                    case Spoken() as spoken:
                        heard, self._heard_at = heard + spoken.text, spoken.at
                        if spoken.last and heard:
                            return heard
                    case Problem() as problem:
                        raise Refused(problem.text)
                    case Ended() as ended:
                        raise CallEnded(ended.reason)
                    case Connected():
                        pass

    async def joins(self, *, within: float = HEARS_WITHIN_SECONDS) -> None:
        """Wait until the call is in a room, where others can hear it."""
        async with asyncio.timeout(within):
            await self._line.joined.wait()

    async def says(self, words: str) -> None:
        """Speak, as the other side's speech recognition hears it."""
        session = self._line.session
        if self._line.attendance is not None:
            await self._line.attendance.says(words)
            return
        if session is None:
            await self._once_heard(self._line.ear.says(words))
            return
        await session.send(
            {"type": "prompt", "voicePrompt": words, "lang": session.language, "last": True}
        )

    async def coughs(self) -> None:
        """Make a noise that the other side takes for the beginning of words, and no words."""
        session = self._line.session
        if session is not None:
            for value in ("on", "off"):
                await session.send({"type": "info", "name": "clientSpeaking", "value": value})

    async def keys(self, keys: str) -> None:
        """Press keys, one after the other."""
        session = self._line.session
        if session is None:
            await self._once_heard(self._line.ear.keys(keys))
            return
        if not session.relay.keys:
            raise Refused("the relay does not listen to keys")
        for key in keys:
            await session.send({"type": "dtmf", "digit": key})

    async def interrupts(self, after: str | None = None) -> str:
        """Break in after some words, or half-way; return what was heard, all if it cannot be."""
        session = self._line.session
        if session is None:
            # Over plain requests nobody is told what was heard: to speak is to interrupt.
            return ""
        return await session.interrupt(after)

    async def loses_connection(self, fault: Fault = Fault.network) -> None:
        """Have the relay's socket break, as networks do; the caller is still there."""
        if self._line.session is None:
            raise CallEnded("there is no relay on the line")
        await self._line.session.break_off(fault)

    async def hangs_up(self) -> None:
        """Put the phone down."""
        await self._line.hang_up()

    async def redirects(self, *, url: str | None, twiml: str | None = None) -> None:
        """Obey something else from here on, as the REST API can demand."""
        if url is None:
            self._line.redirect(Document(twiml or "", self._voice_url))
        else:
            self._line.redirect(await self._questions.document(url, "in-progress"))

    def notices(self, news: dict[str, Any]) -> None:
        """Take what the exchange tells of the room that the call is in."""
        if self._line.attendance is not None:
            self._line.attendance.notice(news)

    async def _once_heard(self, doing: Coroutine[None, None, None]) -> None:
        """Do something as soon as somebody listens, unless nobody does any more."""
        if self._over:
            doing.close()
            raise CallEnded("nobody is on the line")
        try:
            async with asyncio.timeout(IS_HEARD_WITHIN_SECONDS):
                await doing
        except TimeoutError as error:
            raise CallEnded("nobody listens") from error

    async def _report_end(self) -> None:
        url = urljoin(self._voice_url, "status") if self._rung is None else self._rung.status_url
        if url is not None:
            duration = str(int(monotonic() - self._began))
            await self._questions.ask(url, "completed", CallDuration=duration)
