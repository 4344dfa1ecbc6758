"""The store's schema, step by step."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from crm_store.db import store_url


def config(database_url: str) -> Config:
    """Return what Alembic must know; it needs no file of its own."""
    made = Config()
    made.set_main_option("script_location", str(Path(__file__).parent))
    made.set_main_option(
        "file_template",
        "%%(year)d-%%(month).2d-%%(day).2d-%%(hour).2d%%(minute).2d_%%(slug)s",
    )
    made.attributes["url"] = store_url(database_url)
    return made


def upgrade(database_url: str) -> None:
    """Bring the store to the newest schema; it is safe to do again."""
    command.upgrade(config(database_url), "head")


def is_newest(database_url: str) -> bool:
    """Return whether the store has the newest schema; it is looked at and left as it is."""
    told = config(database_url)
    engine = create_engine(told.attributes["url"])
    try:
        with engine.connect() as connection:
            context = MigrationContext.configure(connection)
            heads = ScriptDirectory.from_config(told).get_heads()
            return set(context.get_current_heads()) == set(heads)
    finally:
        engine.dispose()


def check(database_url: str) -> None:
    """Raise CommandError when the models say something that the migrations do not."""
    command.check(config(database_url))


def draft(database_url: str, message: str) -> None:
    """Write the step that leads from the migrations to the models, for a person to read over."""
    command.revision(config(database_url), message=message, autogenerate=True)
