"""Keep interests as facts."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "3a0000000043"
down_revision: str | None = "3a0000000042"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

PRODUCT = "fk_interests_product_id_products"
EVENT = "fk_interests_event_id_events"


def upgrade() -> None:
    """Go forward; what is known already was learned when it was written."""
    for column in (
        sa.Column("product_id", sa.Uuid(), nullable=True),
        sa.Column("facet", sa.String(length=32), nullable=True),
        sa.Column("strength", sa.Float(), nullable=False, server_default=sa.text("1")),
        sa.Column(
            "learned_at",
            sa.DateTime(timezone=True),
            nullable=False,
            server_default=sa.func.now(),
        ),
        sa.Column("event_id", sa.BigInteger(), nullable=True),
        sa.Column("forgotten_at", sa.DateTime(timezone=True), nullable=True),
    ):
        op.add_column("interests", column)
    op.execute("UPDATE interests SET learned_at = created_at")
    op.create_foreign_key(
        PRODUCT, "interests", "products", ["product_id"], ["id"], ondelete="CASCADE"
    )
    op.create_foreign_key(EVENT, "interests", "events", ["event_id"], ["id"], ondelete="SET NULL")
    op.create_index(op.f("ix_interests_product_id"), "interests", ["product_id"])
    op.create_index(
        "uq_interests_observed",
        "interests",
        ["customer_id", "product_id", "source"],
        unique=True,
        postgresql_where=sa.text("source <> 'stated'"),
    )
    op.create_index(
        "uq_interests_inferred",
        "interests",
        ["customer_id", "facet", "text", "source"],
        unique=True,
        postgresql_where=sa.text("source = 'inferred'"),
    )


def downgrade() -> None:
    """Go back; what was observed and concluded is not known any more."""
    op.execute("DELETE FROM interests WHERE source NOT IN ('stated', 'bought', 'imported')")
    op.execute("DELETE FROM interests WHERE forgotten_at IS NOT NULL OR strength <= 0")
    op.drop_index("uq_interests_inferred", "interests")
    op.drop_index("uq_interests_observed", "interests")
    op.drop_index(op.f("ix_interests_product_id"), "interests")
    op.drop_constraint(EVENT, "interests", type_="foreignkey")
    op.drop_constraint(PRODUCT, "interests", type_="foreignkey")
    for name in ("forgotten_at", "event_id", "learned_at", "strength", "facet", "product_id"):
        op.drop_column("interests", name)
