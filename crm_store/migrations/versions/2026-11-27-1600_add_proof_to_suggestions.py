"""Add where suggestions were shown, by which rules, and with which order they were bought."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.types import TypeEngine

revision: str = "3a0000000040"
down_revision: str | None = "3a0000000006"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

NEEDED: dict[str, TypeEngine[Any]] = {
    "place": sa.String(length=32),
    "asked": sa.Boolean(),
    "reason_kind": sa.String(length=32),
    "policy_version": sa.String(),
}
OPTIONAL: dict[str, TypeEngine[Any]] = {
    "outcome_before": sa.String(length=32),
    "order_id": sa.Uuid(),
    "bought_at": sa.DateTime(timezone=True),
}


def upgrade() -> None:
    """Go forward."""
    for name, kind in (NEEDED | OPTIONAL).items():
        op.add_column("suggestions", sa.Column(name, kind, nullable=True))
    _tell_of_what_was_shown()
    for name in NEEDED:
        op.alter_column("suggestions", name, nullable=False)
    op.create_foreign_key(
        op.f("fk_suggestions_order_id_orders"),
        *("suggestions", "orders", ["order_id"], ["id"]),
        ondelete="SET NULL",
    )
    op.create_unique_constraint(
        op.f("uq_suggestions_order_id_product_id"), "suggestions", ["order_id", "product_id"]
    )


def downgrade() -> None:
    """Go back."""
    op.execute(
        "UPDATE suggestions SET outcome = coalesce(outcome_before, 'shown')"
        " WHERE outcome = 'bought'"
    )
    for name in reversed(NEEDED | OPTIONAL):
        op.drop_column("suggestions", name)


def _tell_of_what_was_shown() -> None:
    # Until now there were suggestions in conversations alone, and only when somebody asked.
    op.execute(
        """
        UPDATE suggestions s SET place = c.channel, asked = true, policy_version = '',
            reason_kind = coalesce(s.reason->>'link', 'wish')
        FROM conversations c WHERE c.id = s.conversation_id
        """
    )
