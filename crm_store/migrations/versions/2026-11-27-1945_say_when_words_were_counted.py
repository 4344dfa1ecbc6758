"""Say when words were counted."""

from collections.abc import Sequence

from alembic import op

revision: str = "3a0000000047"
down_revision: str | None = "3a0000000046"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

SIZES = """
CREATE MATERIALIZED VIEW search_sizes AS
SELECT language, count(*) AS texts, avg(length(searchable))::float AS words{counted}
FROM product_texts GROUP BY language
"""


def upgrade() -> None:
    """Go forward."""
    _make(", now() AS counted_at")


def downgrade() -> None:
    """Go back."""
    _make("")


def _make(counted: str) -> None:
    op.execute("DROP MATERIALIZED VIEW search_sizes")
    op.execute(SIZES.format(counted=counted))
    op.execute("CREATE UNIQUE INDEX uq_search_sizes ON search_sizes (language)")
