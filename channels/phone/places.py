"""How far a call without a relay has come."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from crm_store.calls.models import CallTurn


@dataclass(frozen=True, slots=True)
class Place:
    """How far a call had come with its last answer, and in which conversation."""

    call: str
    conversation: UUID
    number: int = 0
    position: int = 0
    told_at: datetime | None = None
    quiet: int = 0
    room: str | None = None
    """Where an agent waits for the caller."""
    one_key: bool = False
    """Whether the first key is the caller's whole answer."""
    hints: str = ""
    """What the caller is likely to say."""


def place_of(turn: CallTurn) -> Place:
    """Return how far a call had come with an answer that was kept."""
    return Place(
        turn.call, turn.conversation_id, turn.number, turn.position, turn.told_at, turn.quiet
    )
