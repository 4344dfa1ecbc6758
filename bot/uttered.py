"""What the assistant has said, as Rasa remembers it."""

from collections.abc import Iterable
from typing import Any

from rasa.shared.core.events import ActionExecuted, BotUttered, Event


def said_by_step(events: Iterable[Event]) -> list[list[dict[str, Any]]]:
    """Return what was uttered, step by step."""
    steps: list[list[dict[str, Any]]] = [[]]
    for event in events:
        if isinstance(event, ActionExecuted):
            steps.append([])
        elif isinstance(event, BotUttered):
            steps[-1].append({"text": event.text, **event.data})
    return steps
