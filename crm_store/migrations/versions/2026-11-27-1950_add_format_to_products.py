"""Add format to products."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "3a0000000048"
down_revision: str | None = "3a0000000047"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Go forward; what a product comes as is known once the shop has said it."""
    op.add_column("products", sa.Column("format", sa.String(), nullable=True))
    op.create_index(op.f("ix_products_format"), "products", ["format"])


def downgrade() -> None:
    """Go back."""
    op.drop_index(op.f("ix_products_format"), "products")
    op.drop_column("products", "format")
