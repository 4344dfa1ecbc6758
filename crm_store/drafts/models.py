"""What an agent has begun to write in a conversation, until it is sent."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from crm_store.base import Base, states, utc_now


class Box(StrEnum):
    """Where it is written."""

    reply = "reply"
    note = "note"


class Draft(Base):
    """Words that nobody else has been told yet."""

    __tablename__ = "drafts"

    conversation_id: Mapped[UUID] = mapped_column(
        ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True
    )
    agent_id: Mapped[UUID] = mapped_column(
        ForeignKey("agents.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    box: Mapped[Box] = mapped_column(states(Box), primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    changed_at: Mapped[datetime] = mapped_column(default=utc_now)
