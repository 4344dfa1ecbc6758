"""Write deeds down before they are chained."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "5d0000000010"
down_revision: str | None = "4p0000000001"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

# As for the entries: a slip leaves its table only to become one.
_REFUSE = """
CREATE FUNCTION refuse_audit_slip_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'UPDATE' AND current_setting('rapport.audit_chains', true) = 'on' THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'the audit log is only ever added to';
END $$
"""


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "audit_slips",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("deed", sa.String(), nullable=False),
        sa.Column("conversation_id", sa.Uuid(), nullable=True),
        sa.Column("customer_id", sa.Uuid(), nullable=True),
        sa.Column("facts", postgresql.JSONB(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_slips")),
    )
    op.execute(_REFUSE)
    op.execute(
        "CREATE TRIGGER audit_slips_stay BEFORE UPDATE OR DELETE ON audit_slips"
        " FOR EACH ROW EXECUTE FUNCTION refuse_audit_slip_change()"
    )
    op.execute(
        "CREATE TRIGGER audit_slips_stay_all BEFORE TRUNCATE ON audit_slips"
        " FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_slip_change()"
    )


def downgrade() -> None:
    """Go back."""
    op.drop_table("audit_slips")
    op.execute("DROP FUNCTION refuse_audit_slip_change()")
