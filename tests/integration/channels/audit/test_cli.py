"""`rapport audit`, as whoever checks the shop runs it."""

import pytest
from sqlalchemy import create_engine, text
from typer.testing import CliRunner, Result

from channels.cli import app

pytestmark = pytest.mark.integration


@pytest.fixture(autouse=True)
def _our_store(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", database_url)
    _do(
        database_url,
        "SET rapport.audit_forgets = 'on'",
        "SET rapport.audit_chains = 'on'",
        "TRUNCATE audit_entries, audit_slips, agents CASCADE",
    )


def rapport(*words: str) -> Result:
    return CliRunner().invoke(app, [*words])


def test_an_empty_log_is_said_to_be_empty() -> None:
    assert rapport("audit", "verify").stdout == "The log is empty.\n"


def test_what_a_command_does_is_on_record() -> None:
    rapport("agent", "add", "mia", "--name", "Mia")
    rapport("agent", "password", "mia")

    shown = rapport("audit", "show").stdout.splitlines()
    checked = rapport("audit", "verify")

    assert [("agent added" in line, "password changed" in line) for line in shown] == [
        (True, False),
        (False, True),
    ]
    assert checked.exit_code == 0
    assert "The log is whole" in checked.stdout


def test_a_changed_entry_is_named(database_url: str) -> None:
    rapport("agent", "add", "mia", "--name", "Mia")
    rapport("audit", "verify")
    _meddle(database_url, "UPDATE audit_entries SET actor = 'somebody' WHERE number = 1")

    checked = rapport("audit", "verify")

    assert checked.exit_code == 1
    assert "Entry 1" in checked.stderr


def test_an_end_that_was_cut_off_shows_to_whoever_noted_it(database_url: str) -> None:
    rapport("agent", "add", "mia", "--name", "Mia")
    rapport("agent", "password", "mia")
    end = rapport("audit", "verify").stdout.split()[-1]
    _meddle(database_url, "DELETE FROM audit_entries WHERE number = 2")

    assert rapport("audit", "verify").exit_code == 0
    assert rapport("audit", "verify", "--head", end).exit_code == 1


@pytest.mark.parametrize("words", [("--customer", "C-0"), ("--agent", "nobody")])
def test_whoever_is_not_known_is_said_so(words: tuple[str, str]) -> None:
    refused = rapport("audit", "show", *words)

    assert refused.exit_code == 1
    assert words[1] in refused.stderr


def _meddle(database_url: str, how: str) -> None:
    _do(
        database_url,
        "ALTER TABLE audit_entries DISABLE TRIGGER USER",
        how,
        "ALTER TABLE audit_entries ENABLE TRIGGER USER",
    )


def _do(database_url: str, *statements: str) -> None:
    engine = create_engine(database_url)
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()
