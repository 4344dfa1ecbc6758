"""What becomes of each thing that the assistant knows when an agent takes over."""

from collections.abc import Mapping
from typing import Any, Final

SHOWN: Final = (
    *("claim", "order_number", "product", "wish", "wishes", "last_wish_text"),
    "agent_outcome",
)
"""Told as it is, among what was understood."""
ELSEWHERE: Final[Mapping[str, str]] = {
    "language": "conversation",
    "errands": "form",
    "left_open": "form",
    "awaits": "form",
    "misunderstood": "brief",
    "suggested": "suggestions",
    "limits": "suggestions",
    "question": "messages",
    "offered": "messages",
    "readings": "messages",
}
"""Told in another part of the story, which is named."""
KEPT_BACK: Final[Mapping[str, str]] = {
    "code": "a secret of the customer's",
    "last_turn": "the words are among the messages",
    "settled": "it only tells the assistant what a thanks is for",
    "has_chat_code": "it only tells the phone of digits",
}
"""Told to nobody, and why not."""


def shown_slots(slots: Mapping[str, Any]) -> dict[str, str]:
    """Return what the assistant has understood, as far as an agent can use it."""
    told = {name: _told(slots[name]) for name in SHOWN if slots.get(name)}
    return {name: words for name, words in told.items() if words}


def _told(value: Any) -> str:
    match value:
        case list():
            return " · ".join(filter(None, map(_told, value)))
        case dict():
            return _told(value.get("text") or "")
        case _:
            return str(value).removeprefix("action_")
