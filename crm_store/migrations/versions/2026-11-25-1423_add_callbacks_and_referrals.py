"""Add call-backs, referrals, vouchers and reviews."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.schema import SchemaItem

revision: str = "3a0000000005"
down_revision: str | None = "3a0000000004"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

NUMBERS = sa.Sequence("callback_numbers", start=1001)
INDEXED = {
    "callback_requests": ("state", "conversation_id", "customer_id", "due_at", "created_at"),
    "vouchers": ("customer_id", "created_at"),
    "referral_codes": ("created_at",),
    "referrals": ("code_id", "created_at"),
    "reviews": ("conversation_id", "customer_id", "product_id", "state", "created_at"),
}


def upgrade() -> None:
    """Go forward."""
    op.execute(sa.schema.CreateSequence(NUMBERS))
    _create_callbacks()
    _create_vouchers()
    _create_referrals()
    _create_reviews()
    for table, columns in INDEXED.items():
        for column in columns:
            op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
    op.add_column("cases", sa.Column("reply_to", sa.String(), nullable=True))
    op.add_column("handoffs", sa.Column("department", sa.String(), nullable=True))
    op.add_column("handoffs", sa.Column("wanted_agent_id", sa.Uuid(), nullable=True))
    op.add_column("turns", sa.Column("handoff_department", sa.String(), nullable=True))
    op.add_column("turns", sa.Column("handoff_agent_id", sa.Uuid(), nullable=True))
    for table, column in (("handoffs", "wanted_agent_id"), ("turns", "handoff_agent_id")):
        op.create_foreign_key(
            op.f(f"fk_{table}_{column}_agents"),
            table,
            "agents",
            [column],
            ["id"],
            ondelete="SET NULL",
        )


def downgrade() -> None:
    """Go back."""
    for table, column in (("handoffs", "wanted_agent_id"), ("turns", "handoff_agent_id")):
        op.drop_constraint(op.f(f"fk_{table}_{column}_agents"), table, type_="foreignkey")
        op.drop_column(table, column)
    op.drop_column("turns", "handoff_department")
    op.drop_column("handoffs", "department")
    op.drop_column("cases", "reply_to")
    for table in ("reviews", "referrals", "referral_codes", "vouchers", "callback_requests"):
        op.drop_table(table)
    op.execute(sa.schema.DropSequence(NUMBERS))


def _create_callbacks() -> None:
    op.create_table(
        "callback_requests",
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=True),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("language", sa.String(length=32), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("department", sa.String(), nullable=True),
        sa.Column("wanted_agent_id", sa.Uuid(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        *_record("callback_requests"),
        _reference("callback_requests", "conversation_id", "conversations", "CASCADE"),
        _reference("callback_requests", "customer_id", "customers", "CASCADE"),
        _reference("callback_requests", "wanted_agent_id", "agents", "SET NULL"),
        _unique("callback_requests", "number"),
    )


def _create_vouchers() -> None:
    op.create_table(
        "vouchers",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=True),
        sa.Column("origin", sa.String(length=32), nullable=False),
        sa.Column("value", sa.Numeric(precision=12, scale=2), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        *_record("vouchers"),
        _reference("vouchers", "customer_id", "customers", "SET NULL"),
        _unique("vouchers", "code"),
    )


def _create_referrals() -> None:
    op.create_table(
        "referral_codes",
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        *_record("referral_codes"),
        _reference("referral_codes", "customer_id", "customers", "CASCADE"),
        _unique("referral_codes", "code"),
        _unique("referral_codes", "customer_id"),
    )
    op.create_table(
        "referrals",
        sa.Column("code_id", sa.Uuid(), nullable=False),
        sa.Column("friend_id", sa.Uuid(), nullable=False),
        sa.Column("voucher_id", sa.Uuid(), nullable=False),
        sa.Column("credited_at", sa.DateTime(timezone=True), nullable=False),
        *_record("referrals"),
        _reference("referrals", "code_id", "referral_codes", "CASCADE"),
        _reference("referrals", "friend_id", "customers", "CASCADE"),
        _reference("referrals", "voucher_id", "vouchers", None),
        _unique("referrals", "friend_id"),
        _unique("referrals", "voucher_id"),
    )


def _create_reviews() -> None:
    op.create_table(
        "reviews",
        sa.Column("conversation_id", sa.Uuid(), nullable=True),
        sa.Column("customer_id", sa.Uuid(), nullable=True),
        sa.Column("product_id", sa.Uuid(), nullable=True),
        sa.Column("rating", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        *_record("reviews"),
        sa.CheckConstraint("rating BETWEEN 1 AND 5", name=op.f("ck_reviews_rating")),
        _reference("reviews", "conversation_id", "conversations", "SET NULL"),
        _reference("reviews", "customer_id", "customers", "CASCADE"),
        _reference("reviews", "product_id", "products", "CASCADE"),
        sa.UniqueConstraint(
            "customer_id", "product_id", name=op.f("uq_reviews_customer_id_product_id")
        ),
    )


def _record(table: str) -> tuple[SchemaItem, ...]:
    return (
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )


def _reference(table: str, column: str, other: str, ondelete: str | None) -> SchemaItem:
    name = op.f(f"fk_{table}_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name, ondelete=ondelete)


def _unique(table: str, column: str) -> SchemaItem:
    return sa.UniqueConstraint(column, name=op.f(f"uq_{table}_{column}"))
