"""Ask whoever waits for a person whether they would rather not."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "6r0000000003"
down_revision: str | None = "3t0000000004"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Go forward."""
    op.add_column("handoffs", sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Go back."""
    op.drop_column("handoffs", "asked_at")
