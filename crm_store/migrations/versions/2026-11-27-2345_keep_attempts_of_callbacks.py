"""Keep the attempts of call-backs."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "3c0000000020"
down_revision: str | None = "3r0000000001"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

REQUESTS, ATTEMPTS = "callback_requests", "callback_attempts"


def upgrade() -> None:
    """Go forward."""
    op.add_column(REQUESTS, sa.Column("attempts", sa.Integer(), server_default="0", nullable=False))
    op.add_column(REQUESTS, sa.Column("next_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column(REQUESTS, sa.Column("agent_id", sa.Uuid(), nullable=True))
    op.create_index(op.f("ix_callback_requests_next_at"), REQUESTS, ["next_at"])
    op.create_foreign_key(
        op.f("fk_callback_requests_agent_id_agents"),
        *(REQUESTS, "agents", ["agent_id"], ["id"]),
        ondelete="SET NULL",
    )
    op.create_table(
        ATTEMPTS,
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("nth", sa.Integer(), nullable=False),
        sa.Column("call", sa.String(), nullable=True),
        sa.Column("agent_id", sa.Uuid(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.String(32), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["callback_requests.id"],
            name=op.f("fk_callback_attempts_request_id_callback_requests"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["agent_id"],
            ["agents.id"],
            name=op.f("fk_callback_attempts_agent_id_agents"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_callback_attempts")),
        sa.UniqueConstraint("request_id", "nth", name=op.f("uq_callback_attempts_request_id_nth")),
    )
    for column in ("request_id", "call", "created_at"):
        op.create_index(op.f(f"ix_callback_attempts_{column}"), ATTEMPTS, [column])


def downgrade() -> None:
    """Go back."""
    op.drop_table(ATTEMPTS)
    op.drop_constraint(op.f("fk_callback_requests_agent_id_agents"), REQUESTS)
    op.drop_index(op.f("ix_callback_requests_next_at"), REQUESTS)
    for column in ("agent_id", "next_at", "attempts"):
        op.drop_column(REQUESTS, column)
