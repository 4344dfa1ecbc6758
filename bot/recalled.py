"""What the last turn left behind, for a new session in which it cannot be read any more."""

from itertools import takewhile
from typing import Any

from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import ActionExecuted, BotUttered, Event, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

SLOT = "last_turn"


def last_turn(tracker: DialogueStateTracker) -> dict[str, Any] | None:
    """Return the last turn's actions and words; where it had none, what was kept before it."""
    newest_first = takewhile(
        lambda event: not isinstance(event, UserUttered), reversed(tracker.events)
    )
    events = list(newest_first)[::-1]
    actions = [event.action_name for event in events if is_step(event)]
    said = [{"text": e.text, "data": e.data} for e in events if isinstance(e, BotUttered)]
    return {"actions": actions, "said": said} if actions or said else tracker.get_slot(SLOT)


def is_step(event: Event) -> bool:
    """Return whether the assistant did something, rather than listen."""
    return isinstance(event, ActionExecuted) and event.action_name not in (None, ACTION_LISTEN_NAME)
