"""Add consents and erasures."""

from collections.abc import Sequence

revision: str = "3a0000000004"
down_revision: str | None = "3a0000000003"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Go forward."""


def downgrade() -> None:
    """Go back."""
