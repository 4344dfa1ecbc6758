"""Find messages by words."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "3t0000000003"
down_revision: str | None = "3t0000000002"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

WORDS = "ix_messages_words"


def upgrade() -> None:
    """Go forward."""
    op.create_index(
        WORDS,
        "messages",
        [
            sa.text(
                "(to_tsvector('german'::regconfig, text)"
                " || to_tsvector('english'::regconfig, text))"
            )
        ],
        postgresql_using="gin",
    )


def downgrade() -> None:
    """Go back."""
    op.drop_index(WORDS, "messages")
