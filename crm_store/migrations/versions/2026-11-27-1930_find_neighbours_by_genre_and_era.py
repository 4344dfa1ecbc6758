"""Find neighbours by genre and era."""

from collections.abc import Sequence

from alembic import op

revision: str = "3a0000000046"
down_revision: str | None = "3a0000000044"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Go forward; an index on kind and more serves where kind alone is asked for."""
    op.create_index("ix_products_kind_genre", "products", ["kind", "genre"])
    op.create_index("ix_products_kind_era", "products", ["kind", "era"])
    op.drop_index(op.f("ix_products_kind"), "products")


def downgrade() -> None:
    """Go back."""
    op.create_index(op.f("ix_products_kind"), "products", ["kind"])
    op.drop_index("ix_products_kind_era", "products")
    op.drop_index("ix_products_kind_genre", "products")
