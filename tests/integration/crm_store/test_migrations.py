"""What the migrations make is what the models say."""

import pytest
from alembic.script import ScriptDirectory

from crm_store import migrations

pytestmark = pytest.mark.integration


def test_the_schema_is_what_the_models_say(database_url: str) -> None:
    migrations.check(database_url)


def test_each_migration_follows_one_other(database_url: str) -> None:
    line = ScriptDirectory.from_config(migrations.config(database_url))

    assert len(line.get_heads()) == 1
