"""Know agents by a provider."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "5d0000000020"
down_revision: str | None = "5d0000000010"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "agent_identities",
        sa.Column("issuer", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("agent_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["agent_id"],
            ["agents.id"],
            name=op.f("fk_agent_identities_agent_id_agents"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("issuer", "subject", name=op.f("pk_agent_identities")),
        sa.UniqueConstraint("agent_id", "issuer", name=op.f("uq_agent_identities_agent_id_issuer")),
    )


def downgrade() -> None:
    """Go back."""
    op.drop_table("agent_identities")
