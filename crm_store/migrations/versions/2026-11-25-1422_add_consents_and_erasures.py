"""Add consents and erasures."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "3a0000000004"
down_revision: str | None = "3a0000000003"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

LONG_AGO = "2000-01-01 00:00:00+00"


def upgrade() -> None:
    """Go forward."""
    op.execute(sa.schema.CreateSequence(sa.Sequence("customer_numbers", start=100001)))
    _create_consents()
    _create_erasure_requests()
    _create_shop_logins()
    op.add_column(
        "contact_points",
        sa.Column(
            "since",
            sa.DateTime(timezone=True),
            nullable=False,
            server_default=sa.text(f"'{LONG_AGO}'"),
        ),
    )
    _add_text("one_time_codes", "asker")
    _add_text("one_time_codes", "address")
    op.add_column(
        "one_time_codes",
        sa.Column("purpose", sa.String(length=32), nullable=False, server_default="identity"),
    )
    _add_text("conversations", "caller_hash")
    _refer_to_conversations("effects")
    op.execute(
        "UPDATE effects SET conversation_id = messages.conversation_id"
        " FROM messages WHERE messages.id = effects.message_id"
    )
    _refer_to_conversations("outbox_messages")
    op.alter_column("outbox_messages", "customer_id", nullable=True)
    op.create_index(op.f("ix_outbox_messages_customer_id"), "outbox_messages", ["customer_id"])


def downgrade() -> None:
    """Go back; a message to nobody on file goes with it."""
    op.execute("DELETE FROM outbox_messages WHERE customer_id IS NULL")
    op.drop_index(op.f("ix_outbox_messages_customer_id"), "outbox_messages")
    op.alter_column("outbox_messages", "customer_id", nullable=False)
    op.drop_column("outbox_messages", "conversation_id")
    op.drop_column("effects", "conversation_id")
    op.drop_column("conversations", "caller_hash")
    for column in ("purpose", "address", "asker"):
        op.drop_column("one_time_codes", column)
    op.drop_column("contact_points", "since")
    for table in ("shop_logins", "erasure_requests", "consents"):
        op.drop_table(table)
    op.execute(sa.schema.DropSequence(sa.Sequence("customer_numbers")))


def _create_consents() -> None:
    op.create_table(
        "consents",
        sa.Column("customer_id", sa.Uuid(), nullable=True),
        sa.Column("contact", sa.String(), nullable=True),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("given", sa.Boolean(), nullable=False),
        sa.Column("text_version", sa.String(), nullable=False),
        sa.Column("language", sa.String(length=32), nullable=False),
        sa.Column("conversation_id", sa.Uuid(), nullable=True),
        sa.Column("cause", sa.Uuid(), nullable=True),
        *_record("consents"),
        _belongs_to("consents", "customer", "CASCADE"),
        _belongs_to("consents", "conversation", "SET NULL"),
    )
    _index("consents", "created_at", "customer_id", "contact", "conversation_id")


def _create_erasure_requests() -> None:
    op.create_table(
        "erasure_requests",
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("mentioned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        *_record("erasure_requests"),
        _belongs_to("erasure_requests", "customer", "CASCADE"),
    )
    _index("erasure_requests", "created_at", "customer_id", "due_at")


def _create_shop_logins() -> None:
    op.create_table(
        "shop_logins",
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        *_record("shop_logins"),
        _belongs_to("shop_logins", "conversation", "CASCADE"),
        sa.UniqueConstraint("token", name=op.f("uq_shop_logins_token")),
    )
    _index("shop_logins", "created_at", "conversation_id")


def _record(table: str) -> tuple[sa.Column[object] | sa.PrimaryKeyConstraint, ...]:
    return (
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )


def _belongs_to(table: str, owner: str, ondelete: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [f"{owner}_id"],
        [f"{owner}s.id"],
        name=op.f(f"fk_{table}_{owner}_id_{owner}s"),
        ondelete=ondelete,
    )


def _refer_to_conversations(table: str) -> None:
    op.add_column(table, sa.Column("conversation_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        op.f(f"fk_{table}_conversation_id_conversations"),
        table,
        "conversations",
        ["conversation_id"],
        ["id"],
        ondelete="CASCADE",
    )
    _index(table, "conversation_id")


def _add_text(table: str, column: str) -> None:
    op.add_column(table, sa.Column(column, sa.String(), nullable=True))
    _index(table, column)


def _index(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
