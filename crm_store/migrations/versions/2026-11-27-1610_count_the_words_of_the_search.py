"""Count the words of the search."""

from collections.abc import Sequence

from alembic import op

revision: str = "3a0000000042"
down_revision: str | None = "3a0000000041"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

TERMS = """
CREATE MATERIALIZED VIEW search_terms AS
SELECT t.language, term.lexeme, count(*) AS texts
FROM product_texts t CROSS JOIN LATERAL unnest(t.searchable) AS term
GROUP BY t.language, term.lexeme
"""
SIZES = """
CREATE MATERIALIZED VIEW search_sizes AS
SELECT language, count(*) AS texts, avg(length(searchable))::float AS words
FROM product_texts GROUP BY language
"""
KEYS = {"search_terms": "language, lexeme", "search_sizes": "language"}


def upgrade() -> None:
    """Go forward."""
    op.execute(TERMS)
    op.execute(SIZES)
    for name, key in KEYS.items():
        op.execute(f"CREATE UNIQUE INDEX uq_{name} ON {name} ({key})")


def downgrade() -> None:
    """Go back."""
    for name in KEYS:
        op.execute(f"DROP MATERIALIZED VIEW {name}")
