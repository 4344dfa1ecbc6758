"""One line of the audit log, and what waits to become one."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, Identity
from sqlalchemy.orm import Mapped, mapped_column

from crm_store.base import Base, Json


class AuditEntry(Base):
    """What somebody of the shop has done or looked at, and when.

    It refers to nobody by a foreign key: what was done stays on record when they are gone.
    """

    __tablename__ = "audit_entries"

    number: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    """Counted from 1 without a gap."""
    at: Mapped[datetime] = mapped_column(index=True)
    actor: Mapped[str] = mapped_column(index=True)
    """An agent's id, or `console` for whoever could run a command."""
    deed: Mapped[str]
    conversation_id: Mapped[UUID | None] = mapped_column(index=True)
    customer_id: Mapped[UUID | None] = mapped_column(index=True)
    facts: Mapped[Json] = mapped_column(default=dict)
    previous: Mapped[str]
    """The digest of the entry before; empty for the first."""
    digest: Mapped[str]


class AuditSlip(Base):
    """A deed as it was written down, before it has its place in the log.

    Many are written at once and none waits for another; soon after, one process chains them.
    """

    __tablename__ = "audit_slips"

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    at: Mapped[datetime]
    actor: Mapped[str]
    deed: Mapped[str]
    conversation_id: Mapped[UUID | None]
    customer_id: Mapped[UUID | None]
    facts: Mapped[Json]
