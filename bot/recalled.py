"""What a new session takes over from the one before, which the bot will read no more."""

from itertools import takewhile
from typing import Any

from rasa.shared.core.constants import ACTION_LISTEN_NAME, ACTION_SESSION_START_NAME
from rasa.shared.core.events import (
    ActionExecuted,
    ActiveLoop,
    BotUttered,
    Event,
    SessionStarted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

SLOT = "last_turn"


def new_session(tracker: DialogueStateTracker) -> list[Event]:
    """Return the events that begin a session with what is known: each slot once, and the form.

    Rasa's own start carries over every setting of a slot that the session before has seen, those
    that it was given itself included, so each session would be longer than the one before.
    """
    slots = {**tracker.current_slot_values(), SLOT: last_turn(tracker)}
    known = [SlotSet(name, value) for name, value in slots.items() if value is not None]
    form = tracker.active_loop_name
    return [
        ActionExecuted(ACTION_SESSION_START_NAME),
        SessionStarted(),
        *known,
        *([ActiveLoop(form)] if form else []),
        ActionExecuted(ACTION_LISTEN_NAME),
    ]


def last_turn(tracker: DialogueStateTracker) -> dict[str, Any] | None:
    """Return the last turn's actions and words; where it had none, what was kept before it."""
    newest_first = takewhile(
        lambda event: not isinstance(event, UserUttered), reversed(tracker.events)
    )
    events = list(newest_first)[::-1]
    actions = [event.action_name for event in events if is_step(event)]
    said = [
        {"text": e.text, "data": e.data, "metadata": e.metadata}
        for e in events
        if isinstance(e, BotUttered)
    ]
    return {"actions": actions, "said": said} if actions or said else tracker.get_slot(SLOT)


def is_step(event: Event) -> bool:
    """Return whether the assistant did something, rather than listen."""
    return isinstance(event, ActionExecuted) and event.action_name not in (None, ACTION_LISTEN_NAME)
