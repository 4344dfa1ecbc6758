"""Add what was understood to turns."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "bc836314d1ef"
down_revision: str | None = "0bfee7569707"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Go forward."""
    op.add_column("turns", sa.Column("intent", sa.String(), nullable=True))
    op.add_column("turns", sa.Column("confidence", sa.Double(), nullable=True))


def downgrade() -> None:
    """Go back."""
    op.drop_column("turns", "confidence")
    op.drop_column("turns", "intent")
