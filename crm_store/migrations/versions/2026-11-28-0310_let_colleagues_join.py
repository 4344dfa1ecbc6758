"""Let colleagues join, and customers hold."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "3t0000000004"
down_revision: str | None = "4s0000000010"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

JOINED = "joined_agents"


def upgrade() -> None:
    """Go forward."""
    op.add_column("handoffs", sa.Column("on_hold_since", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        JOINED,
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("agent_id", sa.Uuid(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name=op.f("fk_joined_agents_conversation_id_conversations"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["agent_id"],
            ["agents.id"],
            name=op.f("fk_joined_agents_agent_id_agents"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("conversation_id", "agent_id", name=op.f("pk_joined_agents")),
    )
    op.create_index(op.f("ix_joined_agents_agent_id"), JOINED, ["agent_id"])


def downgrade() -> None:
    """Go back."""
    op.drop_table(JOINED)
    op.drop_column("handoffs", "on_hold_since")
