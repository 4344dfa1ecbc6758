"""Offer customers to agents, in an order that the shop decides."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "6r0000000002"
down_revision: str | None = "6r0000000001"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

MOMENT = sa.DateTime(timezone=True)
RINGING = sa.text("state = 'ringing'")


def upgrade() -> None:
    """Go forward."""
    _rank_handoffs()
    op.create_table(
        "duties",
        sa.Column("agent_id", sa.Uuid(), nullable=False),
        sa.Column("status", sa.String(32), nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("here_at", MOMENT, nullable=True),
        sa.Column("wrap_up_until", MOMENT, nullable=True),
        sa.Column("missed", sa.Integer(), nullable=False),
        sa.Column("skills", postgresql.JSONB(), nullable=False),
        sa.Column("languages", postgresql.JSONB(), nullable=False),
        sa.Column("chats", sa.Integer(), nullable=True),
        sa.Column("calls", sa.Integer(), nullable=True),
        _of("duties", "agents", "agent_id"),
        sa.PrimaryKeyConstraint("agent_id", name=op.f("pk_duties")),
    )
    op.create_table(
        "offers",
        sa.Column("handoff_id", sa.Uuid(), nullable=False),
        sa.Column("agent_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("rings_until", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        _of("offers", "handoffs", "handoff_id"),
        _of("offers", "agents", "agent_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offers")),
    )
    for column in ("handoff_id", "agent_id", "created_at"):
        op.create_index(op.f(f"ix_offers_{column}"), "offers", [column])
    for what in ("agent", "handoff"):
        op.create_index(
            f"uq_offers_ringing_{what}",
            "offers",
            [f"{what}_id"],
            unique=True,
            postgresql_where=RINGING,
        )


def downgrade() -> None:
    """Go back."""
    op.drop_table("offers")
    op.drop_table("duties")
    op.drop_index(op.f("ix_handoffs_ranks_at"), "handoffs")
    for column in ("waits_since", "held_since", "ranks_at", "priority"):
        op.drop_column("handoffs", column)


def _rank_handoffs() -> None:
    op.add_column(
        "handoffs", sa.Column("priority", sa.Integer(), server_default="0", nullable=False)
    )
    op.add_column("handoffs", sa.Column("ranks_at", MOMENT, nullable=True))
    op.add_column("handoffs", sa.Column("waits_since", MOMENT, nullable=True))
    op.add_column("handoffs", sa.Column("held_since", MOMENT, nullable=True))
    op.execute(
        "UPDATE handoffs"
        " SET ranks_at = created_at, waits_since = created_at, held_since = claimed_at"
    )
    for column in ("ranks_at", "waits_since"):
        op.alter_column("handoffs", column, nullable=False)
    op.create_index(op.f("ix_handoffs_ranks_at"), "handoffs", ["ranks_at"])


def _of(table: str, owner: str, column: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{owner}")
    return sa.ForeignKeyConstraint([column], [f"{owner}.id"], name=name, ondelete="CASCADE")
