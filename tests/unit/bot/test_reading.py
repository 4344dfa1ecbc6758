from typing import Any

import pytest

from bot.hearing import as_answer
from bot.memory import outdated
from bot.reading import picked

pytestmark = pytest.mark.unit

CANCEL = {"intent": "cancel_order", "title": "Cancel an order"}
STATUS = {"intent": "ask_order_status", "title": "Where is my order?"}
PERSON = {"intent": "ask_person", "title": "Talk to a person"}
OFFERED = [CANCEL, STATUS, PERSON]


def parsed(text: str, intent: str, **entities: str) -> dict[str, Any]:
    return {
        "text": text,
        "intent": {"name": intent, "confidence": 0.9},
        "entities": [{"entity": name, "value": value} for name, value in entities.items()],
    }


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        (parsed("the second one", "accept_suggestion", position="2"), "ask_order_status"),
        (parsed("the last", "inform", position="-1"), "ask_person"),
        (parsed("1", "inform", number="1"), "cancel_order"),
        (parsed("where is my order", "nlu_fallback"), "ask_order_status"),
        (parsed("talk to person", "small_talk"), "ask_person"),
    ],
)
def test_a_reading_is_picked_by_its_place_or_its_words(said: dict[str, Any], meant: str) -> None:
    assert picked(said, OFFERED) == meant


@pytest.mark.parametrize(
    "said",
    [
        parsed("yes", "affirm"),
        parsed("7", "inform", number="7"),
        parsed("hmm", "nlu_fallback"),
        parsed("the second parcel is broken", "report_damaged", position="2"),
    ],
)
def test_nothing_is_picked_that_was_not_pointed_at(said: dict[str, Any]) -> None:
    assert picked(said, OFFERED) is None


def test_a_yes_takes_the_only_reading() -> None:
    assert picked(parsed("yes", "affirm"), [CANCEL]) == "cancel_order"


def test_the_words_that_point_are_heard_as_a_choice() -> None:
    said = parsed("the second one", "inform", position="2")

    heard = as_answer(said, {"question": "reading", "readings": OFFERED})

    assert heard["intent"] == {"name": "ask_order_status", "confidence": 1.0, "picked": True}
    assert heard["entities"] == []


def test_words_of_their_own_mean_what_they_mean() -> None:
    said = parsed("cancel A-17", "cancel_order", order_number="A-17")

    assert as_answer(said, {"question": "reading", "readings": OFFERED[1:]}) == said


def test_readings_are_offered_for_one_answer_only() -> None:
    slots = {"question": "reading", "misunderstood": True}

    assert outdated("cancel_order", slots) == ["question", "misunderstood"]
    assert outdated("deny", slots) == ["misunderstood"]
