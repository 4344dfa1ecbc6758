"""What is to be done with a recording next. Pure."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from crm_store.recordings.models import CallRecording, RecordingState

MOST_ATTEMPTS = 6
FIRST_PAUSE = timedelta(seconds=2)
LONGEST_PAUSE = timedelta(hours=1)
REPORT_LOST_AFTER = timedelta(minutes=2)
"""After a call nobody waits longer to be told that its recording has ended."""


class Step(StrEnum):
    """Something that the phone company is asked, or that is noted."""

    start = "start"
    pause = "pause"
    resume = "resume"
    give_up = "give_up"
    spoil = "spoil"
    await_report = "await_report"
    """The call is over, and the company may still tell that the recording has ended."""
    end = "end"
    fetch = "fetch"
    delete = "delete"


@dataclass(frozen=True, slots=True)
class Around:
    """How the call of a recording stands."""

    over: bool
    secret: bool
    """Whether the caller is keying in what nobody may hear."""
    withdrawn: bool
    """Whether the caller has taken back their yes."""


def next_step(recording: CallRecording, around: Around) -> Step | None:
    """Return what is to be done now, if anything."""
    match recording.state:
        case RecordingState.allowed if around.over or around.withdrawn:
            return Step.give_up
        case RecordingState.allowed:
            return Step.start
        case RecordingState.running | RecordingState.paused:
            return _while_recorded(recording, around)
        case RecordingState.ended:
            return Step.spoil if around.withdrawn else Step.fetch
        case RecordingState.spoilt if not around.over:
            return None
        case _:
            return Step.delete if recording.at_company else None


def pause_after(attempts: int) -> timedelta:
    """Return how long to wait after so many failures."""
    return min(FIRST_PAUSE * (1 << max(attempts - 1, 0)), LONGEST_PAUSE)


def _while_recorded(recording: CallRecording, around: Around) -> Step | None:
    state = recording.state
    if around.over:
        return Step.end if recording.attempts else Step.await_report
    if around.secret or around.withdrawn:
        running = state is RecordingState.running
        return Step.pause if running else (Step.spoil if around.withdrawn else None)
    return Step.resume if state is RecordingState.paused else None
