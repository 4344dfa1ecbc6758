"""What is known of the errands under way: the newest on top, those that it interrupted below."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from rasa_sdk.events import SlotSet

from actions.base import ActionTurn, Event
from crm_store.base import Json

YES = "yes"
"""What an errand asks last: whether what it has restated is right."""


@dataclass(slots=True)
class Frame:
    """One errand under way."""

    errand: str
    """The name of its action."""
    given: Json = field(default_factory=dict)
    """What is known, by the name of the ask that it answers."""
    heard: list[str] = field(default_factory=list)
    """What of it the customer has said; the rest is from the record."""
    asked: str | None = None
    """The ask that waits for an answer, or YES."""
    misses: int = 0
    """How often in a row the answer was none."""
    unproved: bool = False
    """Whether it waits for the customer to prove who they are."""
    said: Json | None = None
    """The message that began it, to be heard once they have: it may name whose data it is about."""

    def take(self, name: str, value: Any) -> None:
        """Keep what the customer has said of something."""
        self.given[name] = value
        if name not in self.heard:
            self.heard.append(name)

    def forget(self, name: str) -> None:
        """Let something be asked for again."""
        del self.given[name]
        self.heard = [other for other in self.heard if other != name]


def under_way(turn: ActionTurn) -> list[Frame]:
    """Return the errands of the conversation, the newest last."""
    return [Frame(**kept) for kept in turn.slot("errands") or []]


def kept(frames: Sequence[Frame]) -> list[Event]:
    """Return the event that keeps the errands for the next turn."""
    return [SlotSet("errands", [asdict(frame) for frame in frames] or None)]


def nothing_awaited() -> list[Event]:
    """Return the events by which no answer is awaited any more."""
    return [SlotSet("question", None), SlotSet("awaits", None)]


def spoken_of(given: Json) -> list[Event]:
    """Return the event that makes an errand's order the one last spoken of."""
    return [SlotSet("order_number", given["order"])] if given.get("order") else []
