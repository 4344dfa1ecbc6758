"""Suggest outside conversations."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "3a0000000041"
down_revision: str | None = "3a0000000040"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Go forward."""
    op.alter_column("suggestions", "conversation_id", nullable=True)
    for table in ("suggestions", "events"):
        op.add_column(table, sa.Column("visitor", sa.String(), nullable=True))
        op.create_index(op.f(f"ix_{table}_visitor"), table, ["visitor"])


def downgrade() -> None:
    """Go back; what was shown outside conversations is lost."""
    for table in ("events", "suggestions"):
        op.drop_index(op.f(f"ix_{table}_visitor"), table)
        op.drop_column(table, "visitor")
    op.execute("DELETE FROM suggestions WHERE conversation_id IS NULL")
    op.alter_column("suggestions", "conversation_id", nullable=False)
