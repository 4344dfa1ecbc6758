"""What a caller has answered to the wish to record, and what became of the recording."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

from crm_store.base import Record, states, utc_now


class RecordingState(StrEnum):
    """How far a recording has come, from the question on."""

    asked = "asked"
    refused = "refused"
    allowed = "allowed"
    """The caller has said yes; it has not begun yet."""
    running = "running"
    paused = "paused"
    ended = "ended"
    """Its sound is with the phone company."""
    kept = "kept"
    """Its sound is here."""
    spoilt = "spoilt"
    """It has on it, or may have, what must not be recorded; nobody may hear it."""
    absent = "absent"
    failed = "failed"
    removed = "removed"

    @property
    def answered(self) -> bool:
        """Whether the caller has answered."""
        return self is not RecordingState.asked


class CallRecording(Record):
    """One recording of a call, or the question whether there may be one."""

    __tablename__ = "call_recordings"
    __table_args__ = (
        Index(
            "ix_call_recordings_unsettled",
            "due_at",
            postgresql_where=text(
                "at_company OR state IN ('allowed', 'running', 'paused', 'ended')"
            ),
        ),
    )

    conversation_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("conversations.id", ondelete="CASCADE"), index=True
    )
    """None for one that belongs to no call of ours any more, and only waits to be deleted."""
    call: Mapped[str] = mapped_column(index=True)
    """The CallSid."""
    state: Mapped[RecordingState] = mapped_column(
        states(RecordingState), default=RecordingState.asked
    )
    recording: Mapped[str | None] = mapped_column(unique=True)
    """The RecordingSid, once it has begun."""
    at_company: Mapped[bool] = mapped_column(default=False)
    """Whether the phone company still has it."""
    answered_at: Mapped[datetime | None]
    seconds: Mapped[int | None]
    sound: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    """As MP3; beside what was said, so that it is forgotten together with that."""
    due_at: Mapped[datetime] = mapped_column(default=utc_now)
    """When its next step may be tried."""
    attempts: Mapped[int] = mapped_column(default=0)
    """How often that step has failed."""
