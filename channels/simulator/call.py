"""One pretended call: the caller speaks, presses keys, breaks in and hangs up."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import suppress
from dataclasses import dataclass
from time import monotonic
from typing import Any
from urllib.parse import urljoin

from channels.clock import Clock
from channels.simulator.account import Account, new_sid
from channels.simulator.attendance import Attendance, Switchboard
from channels.simulator.ear import Ear
from channels.simulator.events import Connected, Ended, Event, Problem, Spoken
from channels.simulator.faults import Fault
from channels.simulator.relay import Outcome, Session
from channels.simulator.twiml import (
    Conference,
    Gather,
    Hangup,
    Pause,
    Redirect,
    Refused,
    Relay,
    Say,
    verbs,
)
from channels.simulator.webhooks import Webhooks

HEARS_WITHIN_SECONDS = 15.0


@dataclass(frozen=True, slots=True)
class Document:
    """TwiML, and where it came from."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Rung:
    """How a call came about that the application has made: by this number, reported there."""

    sid: str
    status_url: str | None


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
        rung: Rung | None = None,
        switchboard: Switchboard | None = None,
    ) -> None:
        self.sid = new_sid("CA") if rung is None else rung.sid
        self._rung = rung
        self._switchboard = switchboard
        self._attendance: Attendance | None = None
        self._joined = asyncio.Event()
        self._redirects: asyncio.Queue[Document] = asyncio.Queue()
        self._account = account
        self._webhooks = webhooks
        self._voice_url = voice_url
        self.caller = caller
        self.called = called
        self._events: asyncio.Queue[Event] = asyncio.Queue()
        self._relay_fails = relay_fails
        self._clock = clock
        self._session: Session | None = None
        self._ended_session = ""
        self._ear = Ear(clock)
        self._connected = False
        self._gone = False
        self._over = False
        self._began = monotonic()

    @property
    def language(self) -> str:
        """The language that the other side listens to now."""
        return self._ear.language if self._session is None else self._session.language

    @property
    def over(self) -> bool:
        """Whether the line is dead."""
        return self._over

    async def live(self) -> None:
        """Dial, obey every answer, and report the end; runs for as long as the call."""
        reason = "completed"
        try:
            status = "ringing" if self._rung is None else "in-progress"
            await self._obey(Document(await self._ask(self._voice_url, status), self._voice_url))
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
                        heard += spoken.text
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
            await self._joined.wait()

    async def says(self, words: str) -> None:
        """Speak, as the other side's speech recognition hears it."""
        session = self._session
        if self._attendance is not None:
            await self._attendance.says(words)
            return
        if session is None:
            await self._once_heard(self._ear.says(words))
            return
        await session.send(
            {"type": "prompt", "voicePrompt": words, "lang": session.language, "last": True}
        )

    async def keys(self, keys: str) -> None:
        """Press keys, one after the other."""
        session = self._session
        if session is None:
            await self._once_heard(self._ear.keys(keys))
            return
        if not session.relay.keys:
            raise Refused("the relay does not listen to keys")
        for key in keys:
            await session.send({"type": "dtmf", "digit": key})

    async def interrupts(self, after: str | None = None) -> str:
        """Break in after some words, or half-way; return what was heard, all if it cannot be."""
        session = self._session
        if session is None:
            # Over plain requests nobody is told what was heard: to speak is to interrupt.
            return ""
        if not session.interruptible:
            return session.talk
        heard = _until(session.talk, after)
        await session.send(
            {
                "type": "interrupt",
                "utteranceUntilInterrupt": heard,
                "durationUntilInterruptMs": 60 * len(heard),
            }
        )
        return heard

    async def loses_connection(self, fault: Fault = Fault.network) -> None:
        """Have the relay's socket break, as networks do; the caller is still there."""
        if self._session is None:
            raise CallEnded("there is no relay on the line")
        await self._session.break_off(fault)

    async def hangs_up(self) -> None:
        """Put the phone down."""
        self._gone = True
        self._ear.hang_up()
        self.notices({"type": "room_over"})
        if self._session is not None:
            await self._session.close()

    async def redirects(self, *, url: str | None, twiml: str | None = None) -> None:
        """Obey something else from here on, as the REST API can demand."""
        if url is None:
            self._redirects.put_nowait(Document(twiml or "", self._voice_url))
        else:
            self._redirects.put_nowait(Document(await self._ask(url, "in-progress"), url))

    def notices(self, news: dict[str, Any]) -> None:
        """Take what the exchange tells of the room that the call is in."""
        if self._attendance is not None:
            self._attendance.notice(news)

    async def _obey(self, document: Document | None) -> None:
        while document is not None:
            document = await self._follow_unless_redirected(document)

    async def _follow_unless_redirected(self, document: Document) -> Document | None:
        following = asyncio.create_task(self._follow(document))
        redirected = asyncio.create_task(self._redirects.get())
        try:
            await asyncio.wait({following, redirected}, return_when=asyncio.FIRST_COMPLETED)
            return (redirected if redirected.done() else following).result()
        finally:
            for task in (following, redirected):
                task.cancel()
            await asyncio.gather(following, redirected, return_exceptions=True)

    async def _follow(self, document: Document) -> Document | None:
        """Obey one answer; return the next, if it leads to one."""
        for verb in verbs(document.text):
            if self._gone:
                return None
            match verb:
                case Say():
                    self._speak(verb)
                case Pause():
                    await self._pause(verb.seconds)
                case Hangup():
                    return None
                case Redirect():
                    return await self._answer(document, verb.url, {})
                case Gather():
                    heard = await self._gather(verb)
                    if heard is not None and not self._gone:
                        return await self._answer(document, verb.action, heard)
                case Conference():
                    await self._attend(verb)
                    if verb.action:
                        return await self._out_of_room(document, verb.action)
                case Relay():
                    outcome = await self._relay(verb)
                    if verb.action:
                        action = urljoin(document.url, verb.action)
                        return Document(await self._report(action, outcome), action)
        return None

    async def _pause(self, seconds: int) -> None:
        with suppress(TimeoutError):
            async with self._clock.timeout(seconds):
                await asyncio.Event().wait()

    def _speak(self, say: Say) -> None:
        if not self._connected:
            self._connected = True
            self._events.put_nowait(Connected(self.sid))
        self._events.put_nowait(Spoken(say.text, say.language))

    async def _answer(self, document: Document, url: str, fields: dict[str, str]) -> Document:
        there = urljoin(document.url, url)
        return Document(await self._ask(there, "in-progress", **fields), there)

    async def _gather(self, gather: Gather) -> dict[str, str] | None:
        for say in gather.says:
            self._speak(say)
        heard = await self._ear.listen(gather)
        return {} if heard is None and gather.on_nothing else heard

    async def _attend(self, conference: Conference) -> None:
        if self._switchboard is None:
            raise Refused("this phone is plugged in nowhere")
        self._attendance = Attendance(
            self.sid, conference, switchboard=self._switchboard, play=self._play
        )
        self._joined.set()
        try:
            await self._attendance.stay(self._hear)
        finally:
            self._joined.clear()
            self._attendance = None

    async def _play(self, url: str) -> None:
        document: Document | None = Document(await self._ask(url, "in-progress"), url)
        while document is not None:
            document = await self._follow(document)

    def _hear(self, words: str) -> None:
        self._events.put_nowait(Spoken(words, self.language))

    async def _out_of_room(self, document: Document, url: str) -> Document:
        there = urljoin(document.url, url)
        status = "completed" if self._gone else "in-progress"
        return Document(await self._ask(there, status, DialCallStatus="answered"), there)

    async def _once_heard(self, doing: Coroutine[None, None, None]) -> None:
        """Do something as soon as somebody listens, unless nobody does any more."""
        if self._over:
            doing.close()
            raise CallEnded("nobody is on the line")
        try:
            async with asyncio.timeout(HEARS_WITHIN_SECONDS):
                await doing
        except TimeoutError as error:
            raise CallEnded("nobody listens") from error

    async def _relay(self, relay: Relay) -> Outcome:
        if self._relay_fails is not None:
            self._ended_session = new_sid("VX")
            return Outcome("failed", error=self._relay_fails)
        self._session = Session(relay, self._events.put_nowait)
        self._connected = True
        try:
            async with self._clock.timeout(None):
                return await self._session.hold(
                    self._account, call=self.sid, caller=self.caller, called=self.called
                )
        finally:
            self._ended_session, self._session = self._session.sid, None

    async def _report(self, action: str, outcome: Outcome) -> str:
        fields = {"SessionId": self._ended_session, "SessionDuration": "1"}
        if self._gone:
            return await self._ask(action, "completed", **fields, SessionStatus="completed")
        fields["SessionStatus"] = outcome.status
        if outcome.handoff_data is not None:
            fields["HandoffData"] = outcome.handoff_data
        if outcome.error is not None:
            fields["ErrorCode"] = outcome.error
            fields["ErrorMessage"] = "The relay failed."
        return await self._ask(action, "in-progress", **fields)

    async def _ask(self, url: str, status: str, **more: str) -> str:
        return await self._webhooks.ask(
            url,
            {
                "AccountSid": self._account.sid,
                "ApiVersion": "2010-04-01",
                "CallSid": self.sid,
                "CallStatus": status,
                "CallerName": "",
                "Called": self.called,
                "Caller": self.caller,
                "Direction": "inbound" if self._rung is None else "outbound-api",
                "From": self.caller,
                "To": self.called,
                **more,
            },
        )

    async def _report_end(self) -> None:
        url = urljoin(self._voice_url, "status") if self._rung is None else self._rung.status_url
        if url is not None:
            duration = str(int(monotonic() - self._began))
            await self._ask(url, "completed", CallDuration=duration)


def _until(talk: str, after: str | None) -> str:
    """Return what was heard of a talk up to some words in it, or of its first half."""
    if after is None:
        words = talk.split(" ")
        return " ".join(words[: (len(words) + 1) // 2])
    before, found, _ = talk.partition(after)
    if not found:
        raise Refused("nobody has said what is to be broken into")
    return before + found
