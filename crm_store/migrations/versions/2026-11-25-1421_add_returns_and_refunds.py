"""Add returns, refunds and stock watches."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "3a0000000003"
down_revision: str | None = "3a0000000002"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

SEQUENCES = {"return_numbers": 1001, "order_numbers": 100}


def upgrade() -> None:
    """Go forward."""
    for name, start in SEQUENCES.items():
        op.execute(sa.schema.CreateSequence(sa.Sequence(name, start=start)))
    op.add_column("orders", sa.Column("delivery", sa.String(), nullable=True))
    op.add_column(
        "orders",
        sa.Column(
            "delivery_cost",
            sa.Numeric(precision=12, scale=2),
            server_default="0",
            nullable=False,
        ),
    )
    op.add_column("orders", sa.Column("payment", sa.String(), nullable=True))
    _create_returns()
    _create_refunds()
    _create_stock_watches()


def downgrade() -> None:
    """Go back."""
    for table in ("stock_watches", "refunds", "return_lines", "returns"):
        op.drop_table(table)
    for column in ("payment", "delivery_cost", "delivery"):
        op.drop_column("orders", column)
    for name in SEQUENCES:
        op.execute(sa.schema.DropSequence(sa.Sequence(name)))


def _create_returns() -> None:
    op.create_table(
        "returns",
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("order_number", sa.String(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("reason", sa.String(length=32), nullable=True),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("replacement_id", sa.Uuid(), nullable=True),
        sa.Column("refund_amount", sa.Numeric(precision=12, scale=2), nullable=False),
        sa.Column("surcharge", sa.Numeric(precision=12, scale=2), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        *_record("returns"),
        _belongs("returns", "customer_id", "customers"),
        _belongs("returns", "order_id", "orders"),
        _belongs("returns", "replacement_id", "products", ondelete="SET NULL"),
        sa.UniqueConstraint("number", name=op.f("uq_returns_number")),
    )
    _index("returns", "customer_id", "order_id", "created_at")
    op.create_table(
        "return_lines",
        sa.Column("return_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("sku", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("unit_price", sa.Numeric(precision=12, scale=2), nullable=False),
        *_record("return_lines"),
        _belongs("return_lines", "return_id", "returns"),
    )
    _index("return_lines", "return_id", "created_at")


def _create_refunds() -> None:
    op.create_table(
        "refunds",
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("order_number", sa.String(), nullable=False),
        sa.Column("return_id", sa.Uuid(), nullable=True),
        sa.Column("why", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("amount", sa.Numeric(precision=12, scale=2), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("paid_at", sa.DateTime(timezone=True), nullable=True),
        *_record("refunds"),
        _belongs("refunds", "customer_id", "customers"),
        _belongs("refunds", "order_id", "orders"),
        _belongs("refunds", "return_id", "returns"),
        sa.UniqueConstraint("return_id", name=op.f("uq_refunds_return_id")),
    )
    _index("refunds", "customer_id", "order_id", "created_at")


def _create_stock_watches() -> None:
    op.create_table(
        "stock_watches",
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=True),
        sa.Column("conversation_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("language", sa.String(length=32), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("notified_at", sa.DateTime(timezone=True), nullable=True),
        *_record("stock_watches"),
        _belongs("stock_watches", "product_id", "products"),
        _belongs("stock_watches", "customer_id", "customers"),
        _belongs("stock_watches", "conversation_id", "conversations"),
    )
    _index("stock_watches", "product_id", "customer_id", "conversation_id", "created_at")
    op.create_index(
        "uq_stock_watches_waiting",
        "stock_watches",
        ["product_id", "kind", "address"],
        unique=True,
        postgresql_where=sa.text("notified_at IS NULL"),
    )


def _record(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )


def _belongs(
    table: str, column: str, to: str, *, ondelete: str = "CASCADE"
) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"), ondelete=ondelete
    )


def _index(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
