"""Keep what calls were answered."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0bfee7569707"
down_revision: str | None = "d09a7fc607bd"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "call_relays",
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("call", sa.String(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("ticket", sa.String(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "language",
            sa.Enum("de", "en", name="language", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name=op.f("fk_call_relays_conversation_id_conversations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_relays")),
        sa.UniqueConstraint("call", "step", name=op.f("uq_call_relays_call_step")),
        sa.UniqueConstraint("ticket", name=op.f("uq_call_relays_ticket")),
    )
    op.create_index(
        op.f("ix_call_relays_conversation_id"), "call_relays", ["conversation_id"], unique=False
    )
    op.create_index(op.f("ix_call_relays_created_at"), "call_relays", ["created_at"], unique=False)


def downgrade() -> None:
    """Go back."""
    op.drop_index(op.f("ix_call_relays_created_at"), table_name="call_relays")
    op.drop_index(op.f("ix_call_relays_conversation_id"), table_name="call_relays")
    op.drop_table("call_relays")
