"""Runs the migrations, with the store's URL from whoever asked."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from pgvector.sqlalchemy import HALFVEC
from sqlalchemy import create_engine, pool, text

from crm_store import tables
from crm_store.base import UtcDateTime

# So that two processes that start at once do not migrate at once.
LOCK = 7_215_004


def run() -> None:
    """Run the steps on one connection, one process at a time."""
    engine = create_engine(context.config.attributes["url"], poolclass=pool.NullPool)
    with engine.connect() as connection:
        connection.execute(text("SELECT pg_advisory_lock(:lock)"), {"lock": LOCK})
        connection.execute(text("CREATE EXTENSION IF NOT EXISTS vector"))
        connection.commit()
        context.configure(
            connection=connection,
            target_metadata=tables.METADATA,
            include_name=_ours,
            render_item=_rendered,
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()
    engine.dispose()


def _ours(name: str | None, kind: str, _: object) -> bool:
    # Vector indexes depend on the encoder in use and are made where vectors are written.
    return not (kind == "index" and (name or "").startswith("ix_product_vectors_hnsw"))


def _rendered(kind: str, item: Any, autogen: AutogenContext) -> str | Literal[False]:
    # A migration must not import the models, which change after it.
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, HALFVEC):
        autogen.imports.add("from pgvector.sqlalchemy import HALFVEC")
        return "HALFVEC()"
    return False


run()
