"""Keep how content customers were."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "3t0000000020"
down_revision: str | None = "3c0000000010"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Go forward."""
    op.add_column("conversations", sa.Column("rating", sa.Integer(), nullable=True))
    asked_at = sa.Column("rating_asked_at", sa.DateTime(timezone=True), nullable=True)
    op.add_column("conversations", asked_at)


def downgrade() -> None:
    """Go back."""
    op.drop_column("conversations", "rating_asked_at")
    op.drop_column("conversations", "rating")
