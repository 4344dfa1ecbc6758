"""Give agents roles, and their logins names."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "4a0000000010"
down_revision: str | None = "5p0000000010"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

LOGINS = "agent_sessions"


def upgrade() -> None:
    """Go forward."""
    role = sa.Column("role", sa.String(32), server_default="agent", nullable=False)
    op.add_column("agents", role)
    op.add_column("agents", sa.Column("left_at", sa.DateTime(timezone=True), nullable=True))
    fresh = sa.text("gen_random_uuid()")
    op.add_column(LOGINS, sa.Column("id", sa.Uuid(), server_default=fresh, nullable=False))
    op.create_unique_constraint(op.f("uq_agent_sessions_id"), LOGINS, ["id"])
    for column in ("address", "browser"):
        op.add_column(LOGINS, sa.Column(column, sa.String(), server_default="", nullable=False))


def downgrade() -> None:
    """Go back."""
    for column in ("browser", "address"):
        op.drop_column(LOGINS, column)
    op.drop_constraint(op.f("uq_agent_sessions_id"), LOGINS)
    op.drop_column(LOGINS, "id")
    op.drop_column("agents", "left_at")
    op.drop_column("agents", "role")
