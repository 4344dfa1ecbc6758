"""Record calls."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "3r0000000001"
down_revision: str | None = "3e0000000080"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "call_recordings",
        sa.Column("conversation_id", sa.Uuid(), nullable=True),
        sa.Column("call", sa.String(), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("recording", sa.String(), nullable=True),
        sa.Column("at_company", sa.Boolean(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seconds", sa.Integer(), nullable=True),
        sa.Column("sound", sa.LargeBinary(), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name=op.f("fk_call_recordings_conversation_id_conversations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_recordings")),
        sa.UniqueConstraint("recording", name=op.f("uq_call_recordings_recording")),
    )
    for column in ("conversation_id", "call", "created_at"):
        op.create_index(op.f(f"ix_call_recordings_{column}"), "call_recordings", [column])
    op.create_index(
        "ix_call_recordings_unsettled",
        "call_recordings",
        ["due_at"],
        postgresql_where=sa.text(
            "at_company OR state IN ('allowed', 'running', 'paused', 'ended')"
        ),
    )


def downgrade() -> None:
    """Go back."""
    op.drop_table("call_recordings")
