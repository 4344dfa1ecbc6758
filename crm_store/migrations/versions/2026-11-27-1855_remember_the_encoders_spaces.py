"""Remember the encoders' spaces."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "3a0000000044"
down_revision: str | None = "3a0000000043"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

# What has vectors has served, in whatever state an import left it.
SERVED = """
INSERT INTO vector_spaces (id, created_at, model, dimensions, complete_at)
SELECT gen_random_uuid(), min(created_at), model, max(vector_dims(vector)), max(created_at)
FROM product_vectors GROUP BY model
"""


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "vector_spaces",
        sa.Column("model", sa.String(), nullable=False),
        sa.Column("dimensions", sa.Integer(), nullable=False),
        sa.Column("complete_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vector_spaces")),
        sa.UniqueConstraint("model", name=op.f("uq_vector_spaces_model")),
    )
    op.create_index(op.f("ix_vector_spaces_created_at"), "vector_spaces", ["created_at"])
    op.execute(SERVED)


def downgrade() -> None:
    """Go back."""
    op.drop_index(op.f("ix_vector_spaces_created_at"), "vector_spaces")
    op.drop_table("vector_spaces")
