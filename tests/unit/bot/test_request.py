"""A turn is checked before anything is done with it."""

from typing import Any
from uuid import uuid4

import pytest

from bot.request import LONGEST_TEXT, BadRequest, TurnRequest

pytestmark = pytest.mark.unit


def a_body(**changed: Any) -> dict[str, Any]:
    return {
        "conversation": str(uuid4()),
        "message_id": str(uuid4()),
        "kind": "said",
        "text": "Hallo",
        "channel": "chat",
        "language": "de",
        "today": "2026-11-27",
        "facts": {},
        **changed,
    }


def test_what_the_actions_may_know_is_in_the_metadata() -> None:
    body = a_body(facts={"agent": "Mia"})

    metadata = TurnRequest.from_body(body).metadata

    assert metadata == {
        "message_id": body["message_id"],
        "turn": body["message_id"],
        "channel": "chat",
        "language": "de",
        "today": "2026-11-27",
        "kind": "said",
        "facts": {"agent": "Mia"},
    }


def test_a_choice_that_was_taken_decides() -> None:
    choice = {"intent": "affirm", "entities": {"position": 2}}

    request = TurnRequest.from_body(a_body(kind="chosen", choice=choice))

    assert request.choice is not None
    assert (request.choice.intent, request.choice.entities) == ("affirm", {"position": "2"})


def test_words_are_never_a_choice() -> None:
    assert TurnRequest.from_body(a_body(choice={"intent": "affirm"})).choice is None


@pytest.mark.parametrize(
    ("kind", "intent"),
    [
        ("opened", "open_conversation"),
        ("returned", "return_from_agent"),
        ("unanswered", "nobody_came"),
    ],
)
def test_a_channel_speaks_in_its_own_name(kind: str, intent: str) -> None:
    request = TurnRequest.from_body(a_body(kind=kind, text=None))

    assert request.choice is not None
    assert request.choice.intent == intent


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("conversation", "4711"),
        ("conversation", None),
        ("message_id", {"a": 1}),
        ("kind", "shouted"),
        ("text", 42),
        ("text", "a" * (LONGEST_TEXT + 1)),
        ("channel", "fax"),
        ("language", ["de"]),
        ("facts", "none"),
        ("today", "tomorrow"),
        ("today", 7),
    ],
)
def test_a_wrong_field_is_refused_by_its_name(field: str, value: object) -> None:
    with pytest.raises(BadRequest, match=f"^{field}$"):
        TurnRequest.from_body(a_body(**{field: value}))


@pytest.mark.parametrize("choice", [None, "affirm", {"entities": {}}, {"intent": 1}])
def test_a_choice_without_an_intent_is_refused(choice: object) -> None:
    with pytest.raises(BadRequest, match="choice"):
        TurnRequest.from_body(a_body(kind="chosen", choice=choice))


@pytest.mark.parametrize("body", [None, [], "text", 1])
def test_anything_but_an_object_is_refused(body: object) -> None:
    with pytest.raises(BadRequest):
        TurnRequest.from_body(body)
