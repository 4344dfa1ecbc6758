"""A turn as the channels ask for it: checked once, here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

LONGEST_TEXT = 4000
CHANNELS = ("chat", "phone")
LANGUAGES = ("de", "en")
SPOKEN_FOR = {
    "opened": "open_conversation",
    "returned": "return_from_agent",
    "moved": "move_here",
    "unanswered": "nobody_came",
}
"""What a channel says in its own name, and the intent that it stands for."""


class BadRequest(ValueError):  # noqa: N818 - it names what came in, not a failure of ours
    """The body is not a turn; the message says which field, and never what was in it."""


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer that was on offer and has been taken."""

    intent: str
    entities: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TurnRequest:
    """One message of one conversation."""

    conversation: str
    message_id: str
    kind: str
    text: str
    choice: Choice | None
    channel: str
    language: str
    today: str
    """The day on the shop's calendar, ISO 8601."""
    facts: Mapping[str, Any]

    @classmethod
    def from_body(cls, body: object) -> "TurnRequest":
        """Take the body apart, or raise BadRequest."""
        if not isinstance(body, dict):
            raise BadRequest("body")
        kind = _one_of(body, "kind", ("said", "chosen", *SPOKEN_FOR))
        return cls(
            conversation=_uuid(body, "conversation"),
            message_id=_uuid(body, "message_id"),
            kind=kind,
            text=_text(body),
            choice=_choice(body, kind),
            channel=_one_of(body, "channel", CHANNELS),
            language=_one_of(body, "language", LANGUAGES),
            today=_day(body, "today"),
            facts=_mapping(body, "facts"),
        )

    @property
    def unheard(self) -> bool:
        """Whether the customer has not heard what was said before."""
        return bool(self.facts.get("unheard"))

    @property
    def metadata(self) -> dict[str, Any]:
        """What the actions may know of the message."""
        return {
            "message_id": self.message_id,
            "turn": self.message_id,
            "channel": self.channel,
            "language": self.language,
            "today": self.today,
            "kind": self.kind,
            "facts": dict(self.facts),
        }


def _choice(body: Mapping[str, Any], kind: str) -> Choice | None:
    if kind in SPOKEN_FOR:
        return Choice(SPOKEN_FOR[kind])
    if kind != "chosen":
        return None
    choice = body.get("choice")
    if not isinstance(choice, dict) or not isinstance(choice.get("intent"), str):
        raise BadRequest("choice")
    entities = choice.get("entities") or {}
    if not isinstance(entities, dict):
        raise BadRequest("choice.entities")
    return Choice(choice["intent"], {str(name): str(value) for name, value in entities.items()})


def _uuid(body: Mapping[str, Any], key: str) -> str:
    try:
        return str(UUID(body[key]))
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise BadRequest(key) from error


def _one_of(body: Mapping[str, Any], key: str, allowed: tuple[str, ...]) -> str:
    value = body.get(key)
    if not isinstance(value, str) or value not in allowed:
        raise BadRequest(key)
    return value


def _day(body: Mapping[str, Any], key: str) -> str:
    try:
        return date.fromisoformat(body[key]).isoformat()
    except (KeyError, ValueError, TypeError) as error:
        raise BadRequest(key) from error


def _text(body: Mapping[str, Any]) -> str:
    text = body.get("text") or ""
    if not isinstance(text, str) or len(text) > LONGEST_TEXT:
        raise BadRequest("text")
    return text


def _mapping(body: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = body.get(key) or {}
    if not isinstance(value, dict):
        raise BadRequest(key)
    return value
