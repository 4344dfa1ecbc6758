"""Count the replies to a turn that are on record."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "4p0000000001"
down_revision: str | None = "4a0000000020"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Go forward."""
    written = sa.Column("written", sa.Integer(), server_default="0", nullable=False)
    op.add_column("turns", written)


def downgrade() -> None:
    """Go back."""
    op.drop_column("turns", "written")
