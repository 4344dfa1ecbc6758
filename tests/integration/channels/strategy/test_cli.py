import tomllib
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from channels.cli import app

pytestmark = pytest.mark.integration


@pytest.fixture(autouse=True)
def _our_store(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", database_url)


def rapport(*words: str) -> Result:
    return CliRunner().invoke(app, ["policy", *words])


def shown(section: str) -> dict[str, object]:
    return dict(tomllib.loads(rapport("show", section).stdout)[section])


def test_a_section_is_changed_by_what_a_file_says(tmp_path: Path) -> None:
    file = tmp_path / "callback.toml"
    file.write_text("[callback]\nmost_per_hour = 2\n", encoding="utf-8")
    before = shown("callback")

    done = rapport("set", "callback", str(file))

    assert done.exit_code == 0
    assert shown("callback") == {**before, "most_per_hour": 2}


@pytest.mark.parametrize(
    ("section", "rules", "place"),
    [
        ("callback", "most_per_hour = 'many'", "callback.most_per_hour"),
        ("callback", "", "callback.most_per_hour"),
        ("callback", "most_per_hour = 1\nleast_per_hour = 1", "callback.least_per_hour"),
        ("greeting", f"de = '{'Hallo ' * 20}'\nen = 'Hello'", "greeting.de"),
    ],
)
def test_a_mistake_is_told_with_its_place_and_changes_nothing(
    tmp_path: Path, section: str, rules: str, place: str
) -> None:
    before = shown(section)
    file = tmp_path / "rules.toml"
    file.write_text(rules, encoding="utf-8")

    refused = rapport("set", section, str(file))

    assert refused.exit_code == 1
    assert place in refused.stderr
    assert shown(section) == before


def test_opening_hours_that_no_clock_shows_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "shop.toml"
    file.write_text(rapport("show", "shop").stdout.replace("09:00-18:00", "9-18"))

    refused = rapport("set", "shop", str(file))

    assert refused.exit_code == 1
    assert "shop.hours.monday" in refused.stderr


def test_a_section_that_there_is_not_is_refused() -> None:
    refused = rapport("show", "secrets")

    assert refused.exit_code == 1
    assert "callback" in refused.stderr


def test_all_of_it_is_shown_as_json_too() -> None:
    assert '"currency": "EUR"' in rapport("show", "--as", "json").stdout
