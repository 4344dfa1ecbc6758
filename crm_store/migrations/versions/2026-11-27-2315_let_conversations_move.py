"""Let conversations move between chat and phone."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "3c0000000010"
down_revision: str | None = "3t0000000010"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Go forward; a call under way holds the conversation that it began."""
    op.add_column("conversations", sa.Column("call", sa.String(), nullable=True))
    op.add_column("conversations", sa.Column("caller_number", sa.String(), nullable=True))
    op.add_column(
        "conversations", sa.Column("visited_at", sa.DateTime(timezone=True), nullable=True)
    )
    op.add_column(
        "conversations", sa.Column("call_since", sa.DateTime(timezone=True), nullable=True)
    )
    op.create_unique_constraint(op.f("uq_conversations_call"), "conversations", ["call"])
    op.execute(
        "UPDATE conversations SET call = key WHERE channel = 'phone' AND handler <> 'closed'"
    )
    op.create_table(
        "passages",
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("secret_hash", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("used_by", sa.String(), nullable=True),
        *_record("passages"),
    )
    op.create_index(op.f("ix_passages_secret_hash"), "passages", ["secret_hash"])
    op.create_table(
        "wrong_passage_codes",
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("caller", sa.String(), nullable=False),
        sa.Column("entry", sa.String(), nullable=False),
        *_record("wrong_passage_codes"),
        sa.UniqueConstraint("entry", name=op.f("uq_wrong_passage_codes_entry")),
    )
    op.create_index(op.f("ix_wrong_passage_codes_caller"), "wrong_passage_codes", ["caller"])
    for table in ("passages", "wrong_passage_codes"):
        op.create_index(op.f(f"ix_{table}_conversation_id"), table, ["conversation_id"])
        op.create_index(op.f(f"ix_{table}_created_at"), table, ["created_at"])


def downgrade() -> None:
    """Go back."""
    op.drop_table("wrong_passage_codes")
    op.drop_table("passages")
    op.drop_constraint(op.f("uq_conversations_call"), "conversations")
    for column in ("visited_at", "caller_number", "call_since", "call"):
        op.drop_column("conversations", column)


def _record(table: str) -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name=op.f(f"fk_{table}_conversation_id_conversations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    ]
