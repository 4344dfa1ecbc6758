"""One pretended call: the caller speaks, presses keys, breaks in and hangs up."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from time import monotonic
from urllib.parse import urljoin

from channels.simulator.account import Account, new_sid
from channels.simulator.events import Connected, Ended, Event, Problem, Spoken
from channels.simulator.relay import Outcome, Session
from channels.simulator.twiml import Hangup, Refused, Relay, Say, verbs
from channels.simulator.webhooks import Webhooks

HEARS_WITHIN_SECONDS = 15.0


class CallEnded(Exception):  # noqa: N818 - it names a state, not a failure
    """There is nobody on the line any more."""


class SimulatedCall:
    """A call that a test, a terminal or a page holds."""

    def __init__(
        self, account: Account, webhooks: Webhooks, *, voice_url: str, caller: str, called: str
    ) -> None:
        self.sid = new_sid("CA")
        self._account = account
        self._webhooks = webhooks
        self._voice_url = voice_url
        self._caller = caller
        self._called = called
        self._events: asyncio.Queue[Event] = asyncio.Queue()
        self._session: Session | None = None
        self._ended_session = ""
        self._gone = False
        self._began = monotonic()

    @property
    def language(self) -> str:
        """The language that the other side listens to now."""
        return self._on_the_line().language

    async def live(self) -> None:
        """Dial, obey every answer, and report the end; runs for as long as the call."""
        reason = "completed"
        try:
            await self._obey(await self._ask(self._voice_url, "ringing"), self._voice_url)
        except Refused as refused:
            self._events.put_nowait(Problem(str(refused)))
            reason = "failed"
        with suppress(Refused):
            duration = str(int(monotonic() - self._began))
            await self._ask(self._beside("status"), "completed", CallDuration=duration)
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

    async def says(self, words: str) -> None:
        """Speak, as the other side's speech recognition hears it."""
        session = self._on_the_line()
        await session.send(
            {"type": "prompt", "voicePrompt": words, "lang": session.language, "last": True}
        )

    async def keys(self, keys: str) -> None:
        """Press keys, one after the other."""
        session = self._on_the_line()
        if not session.relay.keys:
            raise Refused("the relay does not listen to keys")
        for key in keys:
            await session.send({"type": "dtmf", "digit": key})

    async def interrupts(self, after: str | None = None) -> str:
        """Break in after some words, or half-way; return what was heard, all if it cannot be."""
        session = self._on_the_line()
        if not session.interruptible:
            return session.talk
        words = session.talk.split(" ")
        heard = " ".join(words[: (len(words) + 1) // 2]) if after is None else after
        await session.send(
            {
                "type": "interrupt",
                "utteranceUntilInterrupt": heard,
                "durationUntilInterruptMs": 60 * len(heard),
            }
        )
        return heard

    async def loses_connection(self) -> None:
        """Have the relay's socket break, as networks do; the caller is still there."""
        await self._on_the_line().break_off()

    async def hangs_up(self) -> None:
        """Put the phone down."""
        self._gone = True
        if self._session is not None:
            await self._session.close()

    async def _obey(self, document: str, base: str) -> None:
        for verb in verbs(document):
            if self._gone:
                return
            match verb:
                case Say():
                    self._events.put_nowait(Spoken(verb.text, verb.language))
                case Hangup():
                    return
                case Relay():
                    outcome = await self._relay(verb)
                    if verb.action:
                        action = urljoin(base, verb.action)
                        await self._obey(await self._report(action, outcome), action)
                        return

    async def _relay(self, relay: Relay) -> Outcome:
        self._session = Session(relay, self._events.put_nowait)
        try:
            return await self._session.hold(
                self._account, call=self.sid, caller=self._caller, called=self._called
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
            fields["ErrorMessage"] = "Network connection to WebSocket server failed."
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
                "Called": self._called,
                "Caller": self._caller,
                "Direction": "inbound",
                "From": self._caller,
                "To": self._called,
                **more,
            },
        )

    def _beside(self, name: str) -> str:
        return urljoin(self._voice_url, name)

    def _on_the_line(self) -> Session:
        if self._session is None:
            raise CallEnded("nobody is on the line")
        return self._session
