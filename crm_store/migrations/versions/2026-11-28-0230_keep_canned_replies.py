"""Keep canned replies."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "3t0000000001"
down_revision: str | None = "3c0000000020"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

REPLIES = "canned_replies"


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        REPLIES,
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("de", sa.Text(), nullable=False),
        sa.Column("en", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_canned_replies")),
        sa.UniqueConstraint("name", name=op.f("uq_canned_replies_name")),
    )
    op.create_index(op.f("ix_canned_replies_created_at"), REPLIES, ["created_at"])


def downgrade() -> None:
    """Go back."""
    op.drop_table(REPLIES)
