"""Keep the turns of calls that are held without a socket."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "3a0000000060"
down_revision: str | None = "3a0000000048"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "call_turns",
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("call", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("quiet", sa.Integer(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name=op.f("fk_call_turns_conversation_id_conversations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_turns")),
        sa.UniqueConstraint("call", "number", name=op.f("uq_call_turns_call_number")),
    )
    op.create_index(
        op.f("ix_call_turns_conversation_id"), "call_turns", ["conversation_id"], unique=False
    )
    op.create_index(op.f("ix_call_turns_created_at"), "call_turns", ["created_at"], unique=False)


def downgrade() -> None:
    """Go back."""
    op.drop_index(op.f("ix_call_turns_created_at"), table_name="call_turns")
    op.drop_index(op.f("ix_call_turns_conversation_id"), table_name="call_turns")
    op.drop_table("call_turns")
