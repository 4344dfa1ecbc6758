"""The people at the desk and their open sessions."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import BigInteger, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from crm_store.agents.roles import RIGHTS, Right, Role
from crm_store.base import Base, Language, Record, states, utc_now
from crm_store.errors import RoleForbids


class Agent(Record):
    """A person who takes over from the assistant."""

    __tablename__ = "agents"

    login: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    role: Mapped[Role] = mapped_column(states(Role), default=Role.agent)
    left_at: Mapped[datetime | None]
    """Since when they work here no more; what they did keeps their name."""
    password_hash: Mapped[str]
    second_factor: Mapped[str | None]
    """What their codes are made from, sealed; none are demanded before one was shown."""
    second_factor_since: Mapped[datetime | None]
    second_factor_step: Mapped[int] = mapped_column(BigInteger, default=0, server_default="0")
    """Of the last code that counted: no code counts twice."""
    phone: Mapped[str | None]
    """In E.164: where they are rung for a caller whom they want to speak to."""
    language: Mapped[Language | None]
    """In which they are told what a call is about; None for the caller's."""

    def may(self, right: Right) -> bool:
        """Return whether their role includes a right."""
        return right in RIGHTS[self.role]

    def require(self, right: Right) -> None:
        """Refuse whoever's role does not include a right."""
        if not self.may(right):
            raise RoleForbids(f"role {self.role} does not include {right}")


class AgentSession(Base):
    """A login that still holds; the browser has the secret, the store only its hash."""

    __tablename__ = "agent_sessions"

    secret_hash: Mapped[str] = mapped_column(primary_key=True)
    agent_id: Mapped[UUID] = mapped_column(ForeignKey(Agent.id, ondelete="CASCADE"), index=True)
    id: Mapped[UUID] = mapped_column(unique=True, default=uuid4)
    """Its name where it is listed; the secret's hash stays here."""
    csrf: Mapped[str]
    address: Mapped[str] = mapped_column(default="")
    """Where it was begun from."""
    browser: Mapped[str] = mapped_column(default="")
    """What the browser called itself."""
    created_at: Mapped[datetime] = mapped_column(default=utc_now)
    seen_at: Mapped[datetime] = mapped_column(default=utc_now)


class AgentIdentity(Base):
    """As whom the shop's identity provider knows an agent."""

    __tablename__ = "agent_identities"
    __table_args__ = (UniqueConstraint("agent_id", "issuer"),)

    issuer: Mapped[str] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(primary_key=True)
    agent_id: Mapped[UUID] = mapped_column(ForeignKey(Agent.id, ondelete="CASCADE"))
    created_at: Mapped[datetime] = mapped_column(default=utc_now)


class LoginAttempt(Record):
    """A failed login, counted against the account and the address that it came from."""

    __tablename__ = "login_attempts"

    login: Mapped[str] = mapped_column(index=True)
    address: Mapped[str] = mapped_column(index=True)
