"""The people at the desk and their open sessions."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from crm_store.base import Base, Language, Record, utc_now


class Agent(Record):
    """A person who takes over from the assistant."""

    __tablename__ = "agents"

    login: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    password_hash: Mapped[str]
    phone: Mapped[str | None]
    """In E.164: where they are rung for a caller whom they want to speak to."""
    language: Mapped[Language | None]
    """In which they are told what a call is about; None for the caller's."""


class AgentSession(Base):
    """A login that still holds; the browser has the secret, the store only its hash."""

    __tablename__ = "agent_sessions"

    secret_hash: Mapped[str] = mapped_column(primary_key=True)
    agent_id: Mapped[UUID] = mapped_column(ForeignKey(Agent.id, ondelete="CASCADE"), index=True)
    csrf: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(default=utc_now)
    seen_at: Mapped[datetime] = mapped_column(default=utc_now)


class LoginAttempt(Record):
    """A failed login, counted against the account and the address that it came from."""

    __tablename__ = "login_attempts"

    login: Mapped[str] = mapped_column(index=True)
    address: Mapped[str] = mapped_column(index=True)
