"""Let agents speak with callers themselves."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "3t0000000010"
down_revision: str | None = "3d0000000070"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

LEG_INDEXES = ("agent_id", "conversation_id", "created_at", "room")


def upgrade() -> None:
    """Go forward."""
    op.add_column("agents", sa.Column("phone", sa.String(), nullable=True))
    op.add_column("agents", sa.Column("language", sa.String(32), nullable=True))
    failed_at = sa.Column("failed_at", sa.DateTime(timezone=True), nullable=True)
    op.add_column("call_relays", failed_at)
    op.add_column("call_turns", sa.Column("step", sa.String(), nullable=True))
    op.create_unique_constraint(op.f("uq_call_turns_call_step"), "call_turns", ["call", "step"])
    op.create_table(
        "legs",
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("room", sa.String(), nullable=False),
        sa.Column("part", sa.String(32), nullable=False),
        sa.Column("agent_id", sa.Uuid(), nullable=True),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("call", sa.String(), nullable=True),
        sa.Column("conference", sa.String(), nullable=True),
        sa.Column("heard", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("held", sa.Boolean(), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name=op.f("fk_legs_conversation_id_conversations"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["agent_id"],
            ["agents.id"],
            name=op.f("fk_legs_agent_id_agents"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legs")),
        sa.UniqueConstraint("room", "call", name=op.f("uq_legs_room_call")),
    )
    for column in LEG_INDEXES:
        op.create_index(op.f(f"ix_legs_{column}"), "legs", [column])


def downgrade() -> None:
    """Go back."""
    op.drop_table("legs")
    op.drop_constraint(op.f("uq_call_turns_call_step"), "call_turns", type_="unique")
    op.drop_column("call_turns", "step")
    op.drop_column("call_relays", "failed_at")
    op.drop_column("agents", "language")
    op.drop_column("agents", "phone")
