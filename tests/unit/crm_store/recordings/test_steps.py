"""What is done with a recording next."""

import pytest

from crm_store.recordings.models import CallRecording, RecordingState
from crm_store.recordings.steps import LONGEST_PAUSE, Around, Step, next_step, pause_after

pytestmark = pytest.mark.unit

State = RecordingState
QUIET = Around(over=False, secret=False, withdrawn=False)
SECRET = Around(over=False, secret=True, withdrawn=False)
WITHDRAWN = Around(over=False, secret=False, withdrawn=True)
OVER = Around(over=True, secret=False, withdrawn=False)


def a_recording(state: RecordingState, *, at_company: bool = False) -> CallRecording:
    return CallRecording(call="CA1", state=state, at_company=at_company, attempts=0)


@pytest.mark.parametrize(
    ("state", "around", "step"),
    [
        (State.asked, QUIET, None),
        (State.refused, QUIET, None),
        (State.allowed, QUIET, Step.start),
        (State.allowed, OVER, Step.give_up),
        (State.allowed, WITHDRAWN, Step.give_up),
        (State.running, QUIET, None),
        (State.running, SECRET, Step.pause),
        (State.running, WITHDRAWN, Step.pause),
        (State.running, OVER, Step.await_report),
        (State.paused, SECRET, None),
        (State.paused, QUIET, Step.resume),
        (State.paused, WITHDRAWN, Step.spoil),
        (State.paused, OVER, Step.await_report),
        (State.ended, OVER, Step.fetch),
        (State.ended, WITHDRAWN, Step.spoil),
        (State.absent, OVER, None),
        (State.failed, OVER, None),
        (State.removed, OVER, None),
    ],
)
def test_each_state_has_its_next_step(
    state: RecordingState, around: Around, step: Step | None
) -> None:
    assert next_step(a_recording(state), around) is step


@pytest.mark.parametrize("state", [State.kept, State.spoilt, State.failed, State.removed])
def test_whatever_is_over_is_deleted_at_the_company(state: RecordingState) -> None:
    assert next_step(a_recording(state, at_company=True), OVER) is Step.delete


def test_a_report_is_not_awaited_for_ever() -> None:
    recording = a_recording(State.running)
    recording.attempts = 1

    assert next_step(recording, OVER) is Step.end


def test_what_still_goes_on_is_not_deleted_yet() -> None:
    assert next_step(a_recording(State.spoilt, at_company=True), QUIET) is None


@pytest.mark.parametrize("state", State)
def test_nothing_is_recorded_without_a_yes(state: RecordingState) -> None:
    starts = next_step(a_recording(state), QUIET) is Step.start

    assert starts == (state is State.allowed)


def test_pauses_grow_and_stop_growing() -> None:
    assert pause_after(1) < pause_after(2) < pause_after(5)
    assert pause_after(40) == LONGEST_PAUSE
