"""Search each language by itself."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "3a0000000061"
down_revision: str | None = "3a0000000060"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

BOTH = "ix_product_texts_searchable"
LANGUAGES = ("de", "en")


def upgrade() -> None:
    """Go forward; a word that is rare in one language may be common in the other."""
    for language in LANGUAGES:
        op.create_index(
            f"{BOTH}_{language}",
            "product_texts",
            ["searchable"],
            postgresql_using="gin",
            postgresql_where=sa.text(f"language = '{language}'"),
        )
    op.drop_index(op.f(BOTH), "product_texts")


def downgrade() -> None:
    """Go back."""
    op.create_index(op.f(BOTH), "product_texts", ["searchable"], postgresql_using="gin")
    for language in LANGUAGES:
        op.drop_index(f"{BOTH}_{language}", "product_texts")
