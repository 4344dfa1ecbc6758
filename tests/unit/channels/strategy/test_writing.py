import tomllib
from pathlib import Path

import pytest

from channels.strategy.writing import NoSection, as_toml, read
from crm_store.base import Json
from crm_store.strategy.policies import policies

pytestmark = pytest.mark.unit

ALL: Json = policies({}).model_dump(mode="json")


@pytest.mark.parametrize("section", ALL)
def test_what_is_shown_can_be_set_again(tmp_path: Path, section: str) -> None:
    shown = tmp_path / "shown.toml"
    shown.write_text(as_toml(section, ALL[section]), encoding="utf-8")

    assert read(section, str(shown)) == ALL[section]


def test_all_sections_together_are_one_file() -> None:
    shown = "\n".join(as_toml(name, rules) for name, rules in ALL.items())

    assert tomllib.loads(shown) == ALL


@pytest.mark.parametrize(
    "text",
    [
        "most_per_hour = 3",
        "[callback]\nmost_per_hour = 3",
        '{"most_per_hour": 3}',
        '{"callback": {"most_per_hour": 3}}',
    ],
)
def test_rules_stand_alone_or_under_their_name(tmp_path: Path, text: str) -> None:
    file = tmp_path / "rules"
    file.write_text(text, encoding="utf-8")

    assert read("callback", str(file)) == {"most_per_hour": 3}


@pytest.mark.parametrize("text", ["most_per_hour: 3", "{", "three an hour"])
def test_a_file_that_is_neither_toml_nor_json_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "rules"
    file.write_text(text, encoding="utf-8")

    with pytest.raises(NoSection):
        read("callback", str(file))
