"""What a call asks the application, and what its number falls back to where nobody answers."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from xml.sax.saxutils import escape

from channels.clock import Clock
from channels.simulator.account import Account
from channels.simulator.events import Event, Problem
from channels.simulator.refusal import Refused
from channels.simulator.webhooks import NoAnswer, Webhooks

BIN = "https://handler.twilio.com/twiml/EH" + "0" * 32
"""Where Twilio keeps the document that the demo's number falls back to."""
PAUSE_SECONDS = 1
"""Before an address is asked again at which a connection was refused."""
MOST_IN_A_ROW = 60


@dataclass(frozen=True, slots=True)
class Document:
    """TwiML, and where it came from."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Ends:
    """Between whom a call is, and who has made it."""

    caller: str
    called: str
    outbound: bool = False


class Questions:
    """Asks how one call goes on.

    What cannot be reached, or does not answer in time, is what a fallback is for; it is told what
    has failed: https://www.twilio.com/docs/usage/security/availability-reliability.
    """

    def __init__(
        self,
        account: Account,
        webhooks: Webhooks,
        ends: Ends,
        *,
        call: str,
        standby: str | None,
        clock: Clock,
        tell: Callable[[Event], None],
    ) -> None:
        self.ends = ends
        self.call = call
        self.tell = tell
        """Have the caller notice something."""
        self._account = account
        self._webhooks = webhooks
        self._standby = standby
        self._clock = clock
        self._in_a_row = 0

    async def document(self, url: str, status: str, **more: str) -> Document:
        """Return what an address answers, or what stands by for it."""
        try:
            answer = Document(await self.ask(url, status, **more), url)
        except NoAnswer as failure:
            return await self._fall_back(url, failure)
        self._in_a_row = 0
        return answer

    async def ask(self, url: str, status: str, **more: str) -> str:
        """Return what an address answers; raise NoAnswer where nothing comes."""
        return await self._webhooks.ask(
            url,
            {
                "AccountSid": self._account.sid,
                "ApiVersion": "2010-04-01",
                "CallSid": self.call,
                "CallStatus": status,
                "CallerName": "",
                "Called": self.ends.called,
                "Caller": self.ends.caller,
                "Direction": "outbound-api" if self.ends.outbound else "inbound",
                "From": self.ends.caller,
                "To": self.ends.called,
                **more,
            },
        )

    async def _fall_back(self, url: str, failure: NoAnswer) -> Document:
        self._in_a_row += 1
        if self._standby is None or self._in_a_row > MOST_IN_A_ROW:
            raise Refused(str(failure)) from failure
        if failure.refused:
            await _pause(PAUSE_SECONDS, self._clock)
        if failure.answered:
            self.tell(Problem(str(failure)))
        told = {"ErrorUrl": url, "ErrorCode": failure.code}
        return Document(_filled(self._standby, told), BIN)


async def _pause(seconds: float, clock: Clock) -> None:
    with suppress(TimeoutError):
        async with clock.timeout(seconds):
            await asyncio.Event().wait()


def _filled(template: str, values: dict[str, str]) -> str:
    """Return a TwiML Bin with its values put in: https://www.twilio.com/docs/serverless/twiml-bins."""
    for name, value in values.items():
        template = template.replace("{{" + name + "}}", escape(value))
    return template
