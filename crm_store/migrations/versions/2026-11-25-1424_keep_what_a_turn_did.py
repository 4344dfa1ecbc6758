"""Keep what a turn did."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "3a0000000006"
down_revision: str | None = "3a0000000005"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

COLUMNS = ("entities", "actions")


def upgrade() -> None:
    """Go forward."""
    for name in COLUMNS:
        kind = postgresql.JSONB(astext_type=sa.Text())
        op.add_column("turns", sa.Column(name, kind, nullable=False, server_default="[]"))


def downgrade() -> None:
    """Go back."""
    for name in reversed(COLUMNS):
        op.drop_column("turns", name)
