"""Keep agents' second factors."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "4a0000000020"
down_revision: str | None = "3t0000000005"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Go forward."""
    op.add_column("agents", sa.Column("second_factor", sa.String(), nullable=True))
    since = sa.Column("second_factor_since", sa.DateTime(timezone=True), nullable=True)
    op.add_column("agents", since)
    step = sa.Column("second_factor_step", sa.BigInteger(), server_default="0", nullable=False)
    op.add_column("agents", step)


def downgrade() -> None:
    """Go back."""
    for column in ("second_factor_step", "second_factor_since", "second_factor"):
        op.drop_column("agents", column)
