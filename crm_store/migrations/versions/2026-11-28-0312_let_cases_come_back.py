"""Let cases come back."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision: str = "4s0000000010"
down_revision: str | None = "6r0000000002"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

CASES = "cases"


def upgrade() -> None:
    """Go forward."""
    op.add_column(CASES, sa.Column("agent_id", sa.Uuid(), nullable=True))
    op.add_column(CASES, sa.Column("tags", JSONB(), server_default="[]", nullable=False))
    op.create_index(op.f("ix_cases_agent_id"), CASES, ["agent_id"])
    op.create_index(
        "ix_cases_due", CASES, ["promised_by"], postgresql_where=sa.text("state <> 'closed'")
    )
    op.create_foreign_key(
        op.f("fk_cases_agent_id_agents"),
        *(CASES, "agents", ["agent_id"], ["id"]),
        ondelete="SET NULL",
    )


def downgrade() -> None:
    """Go back."""
    op.drop_constraint(op.f("fk_cases_agent_id_agents"), CASES)
    op.drop_index("ix_cases_due", CASES)
    op.drop_index(op.f("ix_cases_agent_id"), CASES)
    for column in ("tags", "agent_id"):
        op.drop_column(CASES, column)
