"""How well anger is told by what can be counted."""

import tomllib
from pathlib import Path

import pytest

from crm_store.handoffs.anger import anger_in, is_angry, points
from crm_store.strategy.policies import policies

pytestmark = pytest.mark.unit

RULES = policies({}).escalation.anger
SAID: dict[str, list[str]] = tomllib.loads(
    Path(__file__).with_name("angry.toml").read_text(encoding="utf-8")
)
"""Sentences of German and English customers, sorted before anything was counted in them."""


def angry(text: str, *before: str) -> bool:
    return is_angry(anger_in(text, RULES), before, RULES)


def test_nobody_calm_is_taken_for_angry() -> None:
    assert [text for text in SAID["calm"] if angry(text)] == []


def test_most_of_the_angry_are_told_by_one_message() -> None:
    found = [text for text in SAID["angry"] if angry(text)]

    assert len(found) / len(SAID["angry"]) >= 0.7


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Das ist eine Frechheit", ["strong"]),
        ("WO IST MEIN PAKET", ["shouted"]),
        ("Wo ist mein PAKET", []),
        ("Was?!", ["marked"]),
        ("Schon wieder, zum dritten Mal", ["lasting"]),
        ("It is ridiculous, I’ve had enough!!", ["strong", "strong", "marked"]),
    ],
)
def test_what_counts_is_named(text: str, kinds: list[str]) -> None:
    assert [sign.kind for sign in anger_in(text, RULES)] == kinds


def test_what_was_said_before_counts_by_half() -> None:
    assert points(anger_in("What a joke", RULES)) == 2
    assert not angry("What a joke")
    assert angry("What a joke", "This is unacceptable")
    assert not angry("Thank you", "This is unacceptable", "THIS IS A JOKE")
