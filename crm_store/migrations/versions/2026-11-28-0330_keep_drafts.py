"""Keep drafts."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "3t0000000005"
down_revision: str | None = "6r0000000003"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

DRAFTS = "drafts"


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        DRAFTS,
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("agent_id", sa.Uuid(), nullable=False),
        sa.Column("box", sa.String(32), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name=op.f("fk_drafts_conversation_id_conversations"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["agent_id"],
            ["agents.id"],
            name=op.f("fk_drafts_agent_id_agents"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("conversation_id", "agent_id", "box", name=op.f("pk_drafts")),
    )
    op.create_index(op.f("ix_drafts_agent_id"), DRAFTS, ["agent_id"])


def downgrade() -> None:
    """Go back."""
    op.drop_table(DRAFTS)
