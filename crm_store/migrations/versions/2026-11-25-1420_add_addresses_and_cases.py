"""Add addresses and invoices."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "3a0000000002"
down_revision: str | None = "3a0000000001"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

PLACE = ("street", "postcode", "town", "country")
ADDRESSES = {"customers": PLACE, "orders": ("recipient", *PLACE)}


def upgrade() -> None:
    """Go forward."""
    for table, columns in ADDRESSES.items():
        for column in columns:
            op.add_column(table, sa.Column(column, sa.String(), nullable=True))
    op.execute(sa.schema.CreateSequence(sa.Sequence("invoice_numbers", start=1001)))
    op.create_table(
        "invoices",
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=True),
        sa.Column("order_number", sa.String(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("total", sa.Numeric(precision=12, scale=2), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["order_id"],
            ["orders.id"],
            name=op.f("fk_invoices_order_id_orders"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invoices")),
        sa.UniqueConstraint("number", name=op.f("uq_invoices_number")),
        sa.UniqueConstraint("order_id", name=op.f("uq_invoices_order_id")),
    )
    op.create_index(op.f("ix_invoices_created_at"), "invoices", ["created_at"])
    _invoice_what_has_left()


def downgrade() -> None:
    """Go back."""
    op.drop_table("invoices")
    op.execute(sa.schema.DropSequence(sa.Sequence("invoice_numbers")))
    for table, columns in ADDRESSES.items():
        for column in columns:
            op.drop_column(table, column)


def _invoice_what_has_left() -> None:
    op.execute(
        """
        INSERT INTO invoices
            (id, created_at, number, order_id, order_number, issued_on, currency, total)
        SELECT gen_random_uuid(), now(), 'R-' || nextval('invoice_numbers'), id, number,
            (coalesce(shipped_at, placed_at) AT TIME ZONE 'UTC')::date, currency, total
        FROM (SELECT * FROM orders ORDER BY placed_at) AS by_age
        WHERE state IN ('shipped', 'delivered', 'returned')
        """
    )
