"""Keep what led to hand-offs: the sentence, and what in it counted."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "6r0000000001"
down_revision: str | None = "4a0000000010"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Go forward."""
    op.add_column("handoffs", _list("signs"))
    op.add_column("turns", _list("handoff_signs"))
    op.add_column("turns", sa.Column("handoff_seq", sa.Integer(), nullable=True))


def downgrade() -> None:
    """Go back."""
    op.drop_column("turns", "handoff_seq")
    op.drop_column("turns", "handoff_signs")
    op.drop_column("handoffs", "signs")


def _list(name: str) -> sa.Column[list[object]]:
    return sa.Column(name, postgresql.JSONB(), server_default="[]", nullable=False)
