"""Keep customers' PINs, hashed."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "4p0000000002"
down_revision: str | None = "5d0000000030"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "customer_pins",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("pin_hash", sa.String(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("wrong", sa.Integer(), nullable=False),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customers.id"],
            name=op.f("fk_customer_pins_customer_id_customers"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer_pins")),
        sa.UniqueConstraint("customer_id", name=op.f("uq_customer_pins_customer_id")),
    )
    op.create_index(op.f("ix_customer_pins_created_at"), "customer_pins", ["created_at"])


def downgrade() -> None:
    """Go back."""
    op.drop_index(op.f("ix_customer_pins_created_at"), table_name="customer_pins")
    op.drop_table("customer_pins")
