"""One line of the audit log."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger
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
