"""Keep what webhooks were answered."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "3d0000000070"
down_revision: str | None = "3a0000000061"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "call_answers",
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name=op.f("fk_call_answers_conversation_id_conversations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_answers")),
        sa.UniqueConstraint("token", "digest", name=op.f("uq_call_answers_token_digest")),
    )
    op.create_index(
        op.f("ix_call_answers_conversation_id"), "call_answers", ["conversation_id"], unique=False
    )
    op.create_index(
        op.f("ix_call_answers_created_at"), "call_answers", ["created_at"], unique=False
    )


def downgrade() -> None:
    """Go back."""
    op.drop_index(op.f("ix_call_answers_created_at"), table_name="call_answers")
    op.drop_index(op.f("ix_call_answers_conversation_id"), table_name="call_answers")
    op.drop_table("call_answers")
