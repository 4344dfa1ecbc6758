"""The telephone exchange that the REST side of the simulator works on."""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from channels.simulator.account import new_sid
from channels.simulator.recorder import Recorder, Recording
from channels.simulator.reports import Reports
from channels.simulator.rooms import Entry, Rooms
from crm_store.base import Json, utc_now

RINGING, HELD, OVER = "ringing", "in-progress", "completed"
CANCELED, UNANSWERED, BUSY = "canceled", "no-answer", "busy"


class Phone(Protocol):
    """A phone, wherever it is plugged in."""

    async def tell(self, what: dict[str, Any]) -> None:
        """Have it ring, or do something with the call that it holds."""
        ...


class NotEligible(Exception):  # noqa: N818 - it names a state, not a failure
    """The call is not in a state for what was asked."""


@dataclass(slots=True)
class Call:
    """A call as the exchange knows it; a phone somewhere holds it, or rings."""

    sid: str
    from_: str
    to: str
    direction: str
    status: str
    phone: Phone | None = None
    status_url: str | None = None
    began: datetime = field(default_factory=utc_now)

    async def tell(self, what: dict[str, Any]) -> None:
        """Have the phone that holds it notice something."""
        if self.phone is not None:
            await self.phone.tell(what)

    @property
    def over(self) -> bool:
        """Whether nobody is on the line any more."""
        return self.status not in {RINGING, HELD}


class Exchange:
    """Rings phones and reaches the calls that they hold."""

    def __init__(self, reports: Reports) -> None:
        self.calls: dict[str, Call] = {}
        self.recorder = Recorder(reports)
        self.rooms = Rooms(reports)
        self.texts: list[Json] = []
        """The text messages that were sent."""
        self._reports = reports
        self._phones: dict[str, list[Phone]] = {}

    def plug_in(self, number: str, phone: Phone) -> None:
        """Have a phone rung whenever its number is called."""
        self._phones.setdefault(number, []).append(phone)

    async def unplug(self, phone: Phone) -> None:
        """Forget a phone; nobody is on its line any more."""
        for phones in self._phones.values():
            if phone in phones:
                phones.remove(phone)
        for call in list(self.calls.values()):
            if call.phone is phone:
                await self.over(call.sid)

    def hold(self, call: Call) -> None:
        """Know a call that a phone has begun."""
        self.calls[call.sid] = call

    async def dial(
        self,
        *,
        to: str,
        from_: str,
        url: str,
        fallback_url: str | None,
        status_url: str | None,
        seconds: int,
    ) -> Call:
        """Ring a number for some seconds; whoever picks up hears what the address answers."""
        call = Call(new_sid("CA"), from_, to, "outbound-api", RINGING, status_url=status_url)
        self.hold(call)
        ring = {"type": "rings", "call": call.sid, "from": from_, "to": to, "url": url}
        for phone in self._phones.get(to, ()):
            await phone.tell({**ring, "status_url": status_url, "fallback_url": fallback_url})
        asyncio.get_running_loop().call_later(seconds, self.give_up, call.sid)
        return call

    def pick_up(self, sid: str, phone: Phone) -> bool:
        """Give a ringing call to a phone; False if it does not ring any more."""
        call = self.calls.get(sid)
        if call is None or call.status != RINGING:
            return False
        call.status, call.phone = HELD, phone
        return True

    def give_up(self, sid: str, status: str = UNANSWERED) -> None:
        """End the ringing of a call that nobody has picked up."""
        call = self.calls.get(sid)
        if call is not None and call.status == RINGING:
            call.status = status
            self._report(call)

    async def redirect(self, call: Call, *, url: str | None, twiml: str | None) -> None:
        """Have the phone obey something else from here on."""
        if call.status != HELD or call.phone is None:
            raise NotEligible
        await call.phone.tell({"type": "redirect", "call": call.sid, "url": url, "twiml": twiml})

    async def hang_up(self, call: Call) -> None:
        """End a call, or its ringing."""
        self.give_up(call.sid, CANCELED)
        if call.status == HELD and call.phone is not None:
            await call.phone.tell({"type": "hang_up", "call": call.sid})

    def record(
        self, call: Call, *, channels: int, status_url: str | None, events: frozenset[str]
    ) -> Recording:
        """Begin to record a call."""
        if call.status != HELD:
            raise NotEligible
        return self.recorder.record(
            call.sid, channels=channels, status_url=status_url, events=events
        )

    async def enter(self, sid: str, entry: Entry) -> None:
        """Let a call that a phone holds into a room."""
        call = self.calls.get(sid)
        if call is not None and call.status == HELD:
            await self.rooms.enter(call, entry)

    async def over(self, sid: str) -> None:
        """Note that a phone has put a call down."""
        await self.rooms.leave(sid)
        call = self.calls.get(sid)
        if call is not None and not call.over:
            call.status = OVER
            self.recorder.finish(sid)

    def _report(self, call: Call) -> None:
        """Call back, with the fields of https://www.twilio.com/docs/voice/api/call-resource."""
        self._reports.tell(
            call.status_url,
            {
                "CallSid": call.sid,
                "CallStatus": call.status,
                "From": call.from_,
                "To": call.to,
                "Direction": call.direction,
                "CallDuration": "0",
            },
        )
