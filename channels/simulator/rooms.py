"""The conferences of the exchange: who is in one, who hears whom, and what is told of it.

Events and their fields as in https://www.twilio.com/docs/voice/twiml/conference.
"""

from dataclasses import dataclass, field
from email.utils import format_datetime
from typing import Any, Protocol

from channels.simulator.account import new_sid
from channels.simulator.reports import Reports
from crm_store.base import utc_now

_TOLD_OF = {
    "start": frozenset({"conference-start"}),
    "end": frozenset({"conference-end"}),
    "join": frozenset({"participant-join"}),
    "leave": frozenset({"participant-leave"}),
    "hold": frozenset({"participant-hold", "participant-unhold"}),
}


class Attending(Protocol):
    """A call, wherever its phone is."""

    sid: str

    async def tell(self, what: dict[str, Any]) -> None:
        """Have its phone notice something."""
        ...


@dataclass(frozen=True, slots=True)
class Entry:
    """How a call enters a room, as its TwiML has it."""

    room: str
    ends: bool
    events: str
    told: frozenset[str]
    muted: bool = False


@dataclass(slots=True)
class Participant:
    """A call in a room."""

    call: Attending
    ends: bool
    held: bool = False
    muted: bool = False
    coaches: str | None = None
    """The only call that hears it."""

    def is_heard_by(self, other: "Participant") -> bool:
        """Return whether somebody else in the room hears what is said on it."""
        if self.held or self.muted or other is self or other.held:
            return False
        return self.coaches in {None, other.call.sid}


@dataclass(slots=True)
class Room:
    """One conference, from its first call to its last."""

    name: str
    events: str
    told: frozenset[str]
    sid: str = field(default_factory=lambda: new_sid("CF"))
    number: int = 0
    inside: dict[str, Participant] = field(default_factory=dict)


class Rooms:
    """Lets calls in and out, and passes on what is said."""

    def __init__(self, reports: Reports) -> None:
        self._reports = reports
        self._open: dict[str, Room] = {}

    def find(self, room_sid: str, call_sid: str) -> tuple[Room, Participant] | None:
        """Return a call that is in a room."""
        for room in self._open.values():
            if room.sid == room_sid and call_sid in room.inside:
                return room, room.inside[call_sid]
        return None

    async def enter(self, call: Attending, entry: Entry) -> None:
        """Let a call in; with the second one there is somebody to speak with."""
        room = self._open.setdefault(entry.room, Room(entry.room, entry.events, entry.told))
        room.inside[call.sid] = Participant(call, entry.ends, muted=entry.muted)
        self._report(room, "participant-join", call.sid)
        if len(room.inside) == 2:
            self._report(room, "conference-start")
        await self._say_who_is_alone(room)

    async def leave(self, call_sid: str) -> None:
        """Let a call out, and everybody else if the room is over without it."""
        room = next((room for room in self._open.values() if call_sid in room.inside), None)
        if room is None:
            return
        left = room.inside.pop(call_sid)
        self._report(room, "participant-leave", call_sid)
        if left.ends or not room.inside:
            await self._close(room)
        else:
            await self._say_who_is_alone(room)

    async def speak(self, call_sid: str, text: str) -> None:
        """Have everybody else in the room hear something; nobody hears one who is on hold."""
        for room in self._open.values():
            speaker = room.inside.get(call_sid)
            if speaker is None:
                continue
            for other in room.inside.values():
                if speaker.is_heard_by(other):
                    await other.call.tell({"type": "hears", "call": other.call.sid, "text": text})

    async def hold(self, room: Room, participant: Participant, url: str | None) -> None:
        """Put a call on hold, to hear what an address answers, or take it back."""
        participant.held = url is not None
        what = "participant-hold" if participant.held else "participant-unhold"
        self._report(room, what, participant.call.sid)
        await participant.call.tell({"type": "plays", "call": participant.call.sid, "url": url})

    async def _say_who_is_alone(self, room: Room) -> None:
        alone = len(room.inside) == 1
        for participant in room.inside.values():
            if not participant.held:
                sid = participant.call.sid
                await participant.call.tell({"type": "alone", "call": sid, "alone": alone})

    async def _close(self, room: Room) -> None:
        del self._open[room.name]
        for participant in list(room.inside.values()):
            self._report(room, "participant-leave", participant.call.sid)
            await participant.call.tell({"type": "room_over", "call": participant.call.sid})
        self._report(room, "conference-end")

    def _report(self, room: Room, what: str, call_sid: str = "") -> None:
        room.number += 1
        if not any(what in _TOLD_OF.get(wish, ()) for wish in room.told):
            return
        inside = room.inside.get(call_sid)
        self._reports.tell(
            room.events or None,
            {
                "ConferenceSid": room.sid,
                "FriendlyName": room.name,
                "StatusCallbackEvent": what,
                "SequenceNumber": str(room.number),
                "Timestamp": format_datetime(utc_now()),
                **({"CallSid": call_sid} if call_sid else {}),
                **({"Hold": str(inside.held).lower()} if inside is not None else {}),
                **({"EndConferenceOnExit": str(inside.ends).lower()} if inside else {}),
            },
        )
