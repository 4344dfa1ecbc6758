"""The recordings that the REST side of the simulator makes."""

from dataclasses import dataclass, field
from datetime import datetime

from channels.simulator.account import new_sid
from channels.simulator.reports import Reports
from crm_store.base import utc_now

RUNNING, PAUSED, STOPPED, COMPLETED = "in-progress", "paused", "stopped", "completed"
CURRENT = "Twilio.CURRENT"
SOURCE = "StartCallRecordingAPI"

# One frame of silence: MPEG-2 layer III, 22,050 Hz, mono, 8 kbit/s.
_SILENCE = bytes.fromhex("fff310c4") + bytes(22)
_FRAMES_A_SECOND = 38


@dataclass(slots=True)
class Recording:
    """What is recorded of a call."""

    sid: str
    call: str
    channels: int
    status_url: str | None
    events: frozenset[str]
    status: str = RUNNING
    began: datetime = field(default_factory=utc_now)
    ended: datetime | None = None

    @property
    def seconds(self) -> int:
        """How long it is, the second that has begun included."""
        return int(((self.ended or utc_now()) - self.began).total_seconds()) + 1

    @property
    def sound(self) -> bytes:
        """The recording as MP3; nobody makes a sound here."""
        return _SILENCE * (_FRAMES_A_SECOND * self.seconds)


class Recorder:
    """Keeps what is recorded, and reports its states as they were asked for."""

    def __init__(self, reports: Reports) -> None:
        self.kept: dict[str, Recording] = {}
        self._reports = reports

    def record(
        self, call: str, *, channels: int, status_url: str | None, events: frozenset[str]
    ) -> Recording:
        """Begin to record a call."""
        recording = Recording(new_sid("RE"), call, channels, status_url, events)
        self.kept[recording.sid] = recording
        self._report(recording)
        return recording

    def of_call(self, call: str, sid: str) -> Recording | None:
        """Return a recording of a call that still goes on, by its number or as the current one."""
        running = [kept for kept in self.kept.values() if kept.call == call and not kept.ended]
        return next((kept for kept in running if sid in {CURRENT, kept.sid}), None)

    def set(self, recording: Recording, status: str) -> None:
        """Pause a recording, resume it, or stop it."""
        if status == STOPPED:
            self._finish(recording)
        else:
            recording.status = status

    def finish(self, call: str) -> None:
        """Finish what is recorded of a call that is over."""
        for recording in self.kept.values():
            if recording.call == call and not recording.ended:
                self._finish(recording)

    def _finish(self, recording: Recording) -> None:
        recording.ended, recording.status = utc_now(), COMPLETED
        self._report(recording)

    def _report(self, recording: Recording) -> None:
        """Call back, with the fields of https://www.twilio.com/docs/voice/api/recording."""
        if recording.status not in recording.events:
            return
        self._reports.tell(
            recording.status_url,
            {
                "CallSid": recording.call,
                "RecordingSid": recording.sid,
                "RecordingUrl": self._reports.address_of(f"Recordings/{recording.sid}"),
                "RecordingStatus": recording.status,
                "RecordingDuration": str(recording.seconds) if recording.ended else "",
                "RecordingChannels": str(recording.channels),
                "RecordingStartTime": recording.began.strftime("%a, %d %b %Y %H:%M:%S +0000"),
                "RecordingSource": SOURCE,
                "RecordingTrack": "both",
            },
        )
