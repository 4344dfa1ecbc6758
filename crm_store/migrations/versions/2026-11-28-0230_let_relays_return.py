"""Let relays return."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "5p0000000010"
down_revision: str | None = "3t0000000003"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

RELAYS = "call_relays"


def upgrade() -> None:
    """Go forward."""
    op.add_column(RELAYS, sa.Column("session", sa.String(), nullable=True))
    op.add_column(RELAYS, sa.Column("openings", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    """Go back."""
    for column in ("openings", "session"):
        op.drop_column(RELAYS, column)
