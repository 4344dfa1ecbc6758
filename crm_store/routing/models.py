"""Whether agents take customers now, and which customers are offered to them."""

from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from crm_store.base import Base, Record, states, utc_now
from crm_store.errors import OfferGone


class Status(StrEnum):
    """What an agent says of themself; only the first is offered customers."""

    available = "available"
    busy = "busy"
    """With customers, and wants no more of them."""
    do_not_disturb = "do_not_disturb"
    """Wants to hear and see of nothing new."""
    away = "away"


class Standing(StrEnum):
    """How an agent is shown to others: what they say of themself, and what is so."""

    available = "available"
    busy = "busy"
    do_not_disturb = "do_not_disturb"
    away = "away"
    wrap_up = "wrap_up"
    """Has time for what is left to do after a conversation."""
    gone = "gone"
    """Their page is closed."""


class Duty(Base):
    """What an agent takes on, and whether they take anything on now."""

    __tablename__ = "duties"

    agent_id: Mapped[UUID] = mapped_column(
        ForeignKey("agents.id", ondelete="CASCADE"), primary_key=True
    )
    status: Mapped[Status] = mapped_column(states(Status), default=Status.available)
    since: Mapped[datetime] = mapped_column(default=utc_now)
    """Since when it is that."""
    here_at: Mapped[datetime | None]
    """When a page of theirs was open last."""
    wrap_up_until: Mapped[datetime | None]
    missed: Mapped[int] = mapped_column(default=0)
    """Offers in a row that they have let pass without a word."""
    skills: Mapped[list[str]] = mapped_column(JSONB, default=list)
    """The departments that they answer for; none are all."""
    languages: Mapped[list[str]] = mapped_column(JSONB, default=list)
    """The languages that they speak; none are all."""
    chats: Mapped[int | None]
    """How many at once, where it is another number than the policy's."""
    calls: Mapped[int | None]

    def choose(self, status: Status, at: datetime) -> None:
        """Take or leave customers from now on; whoever says so is done with the last one."""
        self.status, self.since = status, at
        self.wrap_up_until, self.missed = None, 0

    def wrap_up(self, until: datetime) -> None:
        """Be left in peace for a while, to finish what is left to do."""
        self.wrap_up_until = until

    def let_pass(self, *, most: int, at: datetime) -> None:
        """Count an offer that nobody answered; too many of them mean that nobody is there."""
        self.missed += 1
        if self.missed >= most and self.status is Status.available:
            self.status, self.since = Status.away, at

    def is_here(self, at: datetime, away_after: timedelta) -> bool:
        """Return whether a page of theirs is open, or was until just now."""
        return self.here_at is not None and at - self.here_at < away_after

    def standing(self, at: datetime, away_after: timedelta) -> Standing:
        """Return how the agent is shown."""
        if not self.is_here(at, away_after):
            return Standing.gone
        if self.wrap_up_until is not None and self.wrap_up_until > at:
            return Standing.wrap_up
        return Standing(self.status)


class OfferState(StrEnum):
    """What has become of an offer."""

    ringing = "ringing"
    accepted = "accepted"
    declined = "declined"
    missed = "missed"
    """It has rung for as long as it may."""
    withdrawn = "withdrawn"
    """The customer does not wait any more, or somebody else took them."""


class Offer(Record):
    """A waiting customer who is offered to one agent; it is answered, or goes on to the next."""

    __tablename__ = "offers"
    __table_args__ = (
        # At most one rings at an agent, and one for a customer.
        Index(
            "uq_offers_ringing_agent",
            "agent_id",
            unique=True,
            postgresql_where=text("state = 'ringing'"),
        ),
        Index(
            "uq_offers_ringing_handoff",
            "handoff_id",
            unique=True,
            postgresql_where=text("state = 'ringing'"),
        ),
    )

    handoff_id: Mapped[UUID] = mapped_column(
        ForeignKey("handoffs.id", ondelete="CASCADE"), index=True
    )
    agent_id: Mapped[UUID] = mapped_column(ForeignKey("agents.id", ondelete="CASCADE"), index=True)
    state: Mapped[OfferState] = mapped_column(states(OfferState), default=OfferState.ringing)
    rings_until: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    def end(self, state: OfferState, at: datetime) -> None:
        """Let it ring no more; raise OfferGone if it rings no more already."""
        if self.state is not OfferState.ringing:
            raise OfferGone(str(self.id))
        self.state, self.ended_at = state, at
