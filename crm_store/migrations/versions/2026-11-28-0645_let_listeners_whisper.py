"""Let listeners whisper."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "5d0000000030"
down_revision: str | None = "5d0000000020"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Go forward."""
    op.add_column(
        "legs",
        sa.Column("whispers", sa.Boolean(), server_default=sa.false(), nullable=False),
    )


def downgrade() -> None:
    """Go back."""
    op.drop_column("legs", "whispers")
