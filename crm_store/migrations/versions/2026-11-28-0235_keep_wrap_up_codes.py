"""Keep wrap-up codes."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "3t0000000002"
down_revision: str | None = "3t0000000001"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Go forward."""
    op.add_column("handoffs", sa.Column("code", sa.String(), nullable=True))


def downgrade() -> None:
    """Go back."""
    op.drop_column("handoffs", "code")
