"""Does what the application says of one call, verb after verb."""

import asyncio
from contextlib import suppress
from urllib.parse import urljoin

from channels.clock import Clock
from channels.simulator.account import Account, new_sid
from channels.simulator.asking import Document, Questions
from channels.simulator.attendance import Attendance, Switchboard
from channels.simulator.ear import Ear
from channels.simulator.events import Connected, Spoken
from channels.simulator.faults import Fault
from channels.simulator.refusal import Refused
from channels.simulator.relay import Outcome, Session
from channels.simulator.twiml import verbs
from channels.simulator.verbs import (
    Conference,
    Gather,
    Hangup,
    Pause,
    Redirect,
    Relay,
    Say,
)


class Obeying:
    """Holds a call at Twilio's side: what is spoken, who listens, and what is asked then."""

    def __init__(
        self,
        account: Account,
        questions: Questions,
        *,
        clock: Clock,
        pace: float,
        relay_fails: Fault | None,
        switchboard: Switchboard | None,
    ) -> None:
        self.ear = Ear(clock)
        self.session: Session | None = None
        """The relay, while there is one."""
        self.attendance: Attendance | None = None
        """The room, while the call is in one."""
        self.joined = asyncio.Event()
        self._account = account
        self._questions = questions
        self._clock = clock
        self._pace = pace
        self._relay_fails = relay_fails
        self._switchboard = switchboard
        self._redirects: asyncio.Queue[Document] = asyncio.Queue()
        self._connected = False
        self._gone = False

    @property
    def language(self) -> str:
        """The language that is listened to now."""
        return self.ear.language if self.session is None else self.session.language

    async def obey(self, document: Document | None) -> None:
        """Follow answers until the call is over."""
        while document is not None:
            document = await self._follow_unless_redirected(document)

    def redirect(self, document: Document) -> None:
        """Drop what is being done, and follow another answer."""
        self._redirects.put_nowait(document)

    async def hang_up(self) -> None:
        """Notice that the caller has put the phone down."""
        self._gone = True
        self.ear.hang_up()
        if self.attendance is not None:
            self.attendance.notice({"type": "room_over"})
        if self.session is not None:
            await self.session.close()

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
                    return await self._answer(document, verb.url)
                case Gather():
                    heard = await self._gather(verb)
                    if heard is not None and not self._gone:
                        return await self._answer(document, verb.action, **heard)
                case Conference():
                    await self._attend(verb)
                    if verb.action:
                        return await self._answer(document, verb.action, DialCallStatus="answered")
                case Relay():
                    outcome = await self._relay(verb)
                    if verb.action:
                        return await self._answer(document, verb.action, **self._told(outcome))
        return None

    async def _answer(self, document: Document, url: str, **fields: str) -> Document:
        status = "completed" if self._gone else "in-progress"
        return await self._questions.document(urljoin(document.url, url), status, **fields)

    async def _pause(self, seconds: int) -> None:
        with suppress(TimeoutError):
            async with self._clock.timeout(seconds):
                await asyncio.Event().wait()

    def _speak(self, say: Say) -> None:
        if not self._connected:
            self._connected = True
            self._questions.tell(Connected(self._questions.call))
        self._questions.tell(Spoken(say.text, say.language))

    async def _gather(self, gather: Gather) -> dict[str, str] | None:
        for say in gather.says:
            self._speak(say)
        heard = await self.ear.listen(gather)
        return {} if heard is None and gather.on_nothing else heard

    async def _attend(self, conference: Conference) -> None:
        if self._switchboard is None:
            raise Refused("this phone is plugged in nowhere")
        self.attendance = Attendance(
            self._questions.call, conference, switchboard=self._switchboard, play=self._play
        )
        try:
            await self.attendance.stay(self._hear, self.joined.set)
        finally:
            self.joined.clear()
            self.attendance = None

    async def _play(self, url: str) -> None:
        document: Document | None = await self._questions.document(url, "in-progress")
        while document is not None:
            document = await self._follow(document)

    def _hear(self, words: str) -> None:
        self._questions.tell(Spoken(words, self.language))

    async def _relay(self, relay: Relay) -> Outcome:
        if self._relay_fails is not None:
            return Outcome(new_sid("VX"), "failed", error=self._relay_fails)
        self.session = Session(relay, self._questions.tell, pace=self._pace)
        self._connected = True
        ends = self._questions.ends
        try:
            async with self._clock.timeout(None):
                return await self.session.hold(
                    self._account,
                    call=self._questions.call,
                    caller=ends.caller,
                    called=ends.called,
                )
        finally:
            self.session = None

    def _told(self, outcome: Outcome) -> dict[str, str]:
        fields = {"SessionId": outcome.session, "SessionDuration": "1"}
        if self._gone:
            return {**fields, "SessionStatus": "completed"}
        fields["SessionStatus"] = outcome.status
        if outcome.handoff_data is not None:
            fields["HandoffData"] = outcome.handoff_data
        if outcome.error is not None:
            fields["ErrorCode"] = outcome.error
            fields["ErrorMessage"] = "The relay failed."
        return fields
