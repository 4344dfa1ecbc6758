"""One telephone in a call with a person, and how far it has come."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from crm_store.base import Record, states

NOTHING_HEARD = -1


class Part(StrEnum):
    """Whose telephone it is."""

    caller = "caller"
    agent = "agent"
    colleague = "colleague"
    """Of somebody whom the agent asks, and may pass the caller on to."""
    listener = "listener"
    """Of somebody who listens in: nobody hears them, or the agent alone."""


class LegState(StrEnum):
    """How far a leg has come."""

    ringing = "ringing"
    briefed = "briefed"
    """Somebody has picked up, and hears what it is about."""
    accepted = "accepted"
    """They have said yes, and are on their way into the room."""
    joined = "joined"
    declined = "declined"
    missed = "missed"
    """Nobody picked up, or nobody said anything."""
    failed = "failed"
    """The telephone could not be rung."""
    late = "late"
    """Somebody else was faster, or the caller had gone."""
    left = "left"


UNDER_WAY = (LegState.ringing, LegState.briefed)
IN_ROOM = (LegState.accepted, LegState.joined)
LIVE = (*UNDER_WAY, *IN_ROOM)


class Happening(StrEnum):
    """What Twilio tells of a room."""

    joined = "participant-join"
    left = "participant-leave"
    held = "participant-hold"
    resumed = "participant-unhold"


@dataclass(frozen=True, slots=True)
class RoomEvent:
    """One thing that happened in a room; it may come twice, late or out of order."""

    happening: Happening
    number: int
    """Counts what happened in the room."""
    conference: str
    call: str


class Leg(Record):
    """A telephone that was rung, or brought along, for one conversation."""

    __tablename__ = "legs"
    __table_args__ = (UniqueConstraint("room", "call"),)

    conversation_id: Mapped[UUID] = mapped_column(
        ForeignKey("conversations.id", ondelete="CASCADE"), index=True
    )
    room: Mapped[str] = mapped_column(index=True)
    """What the conference is called; it is named after the leg that opened it."""
    part: Mapped[Part] = mapped_column(states(Part))
    agent_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("agents.id", ondelete="SET NULL"), index=True
    )
    epoch: Mapped[int]
    """Of the conversation, when it was rung."""
    attempt: Mapped[int] = mapped_column(default=1)
    """The how-many-eth time that this telephone rings for it."""
    call: Mapped[str | None]
    """The CallSid."""
    conference: Mapped[str | None]
    """The ConferenceSid, once Twilio has told it."""
    heard: Mapped[int] = mapped_column(default=NOTHING_HEARD)
    """The number of the last event of the room that counted for this leg."""
    state: Mapped[LegState] = mapped_column(states(LegState), default=LegState.ringing)
    held: Mapped[bool] = mapped_column(default=False)
    whispers: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether the agent hears who listens in; the caller does not."""
    joined_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]

    @property
    def live(self) -> bool:
        """Whether it rings or talks."""
        return self.state in LIVE

    @property
    def in_room(self) -> bool:
        """Whether it is with the caller, or about to be."""
        return self.state in IN_ROOM

    def pick_up(self) -> None:
        """Let somebody hear what it is about."""
        if self.state is LegState.ringing:
            self.state = LegState.briefed

    def accept(self) -> None:
        """Let it into the room."""
        self.state = LegState.accepted

    def end(self, state: LegState, at: datetime) -> bool:
        """Put it down for good; return whether it was live until now."""
        if not self.live:
            return False
        self.state, self.ended_at = state, at
        return True

    def hear(self, event: RoomEvent, at: datetime) -> bool:
        """Take what the room tells of it; return whether that was news."""
        if event.number <= self.heard or not self.in_room:
            return False
        self.heard, self.conference = event.number, event.conference
        match event.happening:
            case Happening.joined:
                self.state, self.joined_at = LegState.joined, self.joined_at or at
            case Happening.left:
                self.end(LegState.left, at)
            case Happening.held | Happening.resumed:
                self.held = event.happening is Happening.held
        return True
