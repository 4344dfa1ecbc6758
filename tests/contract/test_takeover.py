"""Whatever the assistant knows, the agent who takes over sees, or somebody has said why not."""

import re
from pathlib import Path
from typing import Any

import pytest

from channels.desk.takeover import ELSEWHERE, KEPT_BACK, SHOWN
from crm_store.agents.story_repository import DONE
from crm_store.briefs.writing import UNTOLD
from crm_store.forms.models import FIELDS as FORM_FIELDS
from tests.contract.test_domain import DOMAIN, declared
from tests.takeover import FIELDS

pytestmark = pytest.mark.contract

PAGES = Path(__file__).parents[2] / "channels" / "frontend" / "src" / "desk"
SLOTS: dict[str, Any] = {
    name: slot for part in DOMAIN for name, slot in part.get("slots", {}).items()
}
BRIEFS = Path(__file__).parents[2] / "crm_store" / "briefs"
FACTS = {
    name
    for path in BRIEFS.glob("*.py")
    for name in re.findall(r'Fact\(\s*"(\w+)"', path.read_text())
}
SAID_BY_THE_PAGE = {"level", "errand", "field", "ask_for", "finish"}
"""Facts of which the value alone has words."""
ENTRY = re.compile(r"^    (\w+):", re.MULTILINE)


def words(path: str, group: str) -> set[str]:
    """Return the names for which a group of the desk's texts has words."""
    text = (PAGES / path).read_text()
    found = re.search(rf"^  {group}: {{$(.*?)^  }}", text, re.MULTILINE | re.DOTALL)
    assert found is not None, f"{path} has no {group}"
    return set(ENTRY.findall(found[1]))


def test_every_slot_of_the_domain_is_shown_or_kept_back_for_a_reason() -> None:
    named = [*SHOWN, *ELSEWHERE, *KEPT_BACK]

    assert sorted(named) == sorted(SLOTS)
    assert set(ELSEWHERE.values()) <= set(FIELDS[""].split())


@pytest.mark.parametrize("language", ["de", "en"])
def test_whatever_is_shown_has_words(language: str) -> None:
    told = f"story/words.{language}.ts"
    matters = {*declared("intents"), *_errands()} - UNTOLD

    assert words(f"messages.{language}.ts", "slots") == set(SHOWN)
    assert words(told, "did") >= DONE
    assert words(told, "facts") >= FACTS - SAID_BY_THE_PAGE
    assert words(told, "fields") >= {name for names in FORM_FIELDS.values() for name in names}
    assert words(told, "matters") >= matters


def _errands() -> set[str]:
    titles = (name for part in DOMAIN for name in part.get("responses", {}))
    prefix = "utter_errand_"
    errands = {name.removeprefix(prefix) for name in titles if name.startswith(prefix)}
    # It says that nothing is changed, and names no errand.
    return errands - {"kept"}
