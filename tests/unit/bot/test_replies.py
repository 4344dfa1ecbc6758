"""What was uttered arrives whole, and no payload with it."""

from typing import Any

import pytest

from bot.replies import Reply
from bot.replies import replies as replies_of

pytestmark = pytest.mark.unit

CARD = {"sku": "V-1", "title": "Aida"}


def replies(utterances: list[dict[str, Any]]) -> list[Reply]:
    """Return the replies of a turn that has one step."""
    return replies_of([utterances])


def test_each_utterance_is_a_reply() -> None:
    said = replies([{"text": "Danke."}, {"text": "Und nun?"}])

    assert [reply["text"] for reply in said] == ["Danke.", "Und nun?"]


def test_a_button_is_a_choice_with_its_intent_apart() -> None:
    (reply,) = replies(
        [
            {
                "text": "Welche?",
                "buttons": [{"title": "A-17", "payload": '/inform{"order_number": "A-17"}'}],
            }
        ]
    )

    assert reply["choices"] == [
        {"title": "A-17", "intent": "inform", "entities": {"order_number": "A-17"}}
    ]


def test_a_button_may_be_an_intent_alone() -> None:
    (reply,) = replies([{"text": "Ja?", "buttons": [{"title": "Ja", "payload": "/affirm"}]}])

    assert reply["choices"] == [{"title": "Ja", "intent": "affirm", "entities": {}}]


def test_cards_uttered_with_words_stay_with_them() -> None:
    (reply,) = replies([{"text": "Das passt:", "custom": {"cards": [CARD]}}])

    assert (reply["text"], reply["cards"]) == ("Das passt:", [CARD])


def test_cards_uttered_alone_join_the_words_before() -> None:
    said = replies([{"text": "Das passt:"}, {"text": None, "custom": {"cards": [CARD]}}])

    assert said == [{"text": "Das passt:", "choices": [], "cards": [CARD]}]


def test_an_empty_utterance_is_no_reply() -> None:
    assert replies([{"text": None, "buttons": None, "custom": None}]) == []


def test_a_paragraph_does_not_break_a_reply_in_two() -> None:
    assert len(replies([{"text": "Erstens.\n\nZweitens."}])) == 1


def test_no_later_step_changes_what_one_has_said() -> None:
    first: list[dict[str, Any]] = [{"text": "Das passt:"}]
    second: list[dict[str, Any]] = [
        {"text": None, "custom": {"cards": [CARD]}},
        {"text": "Was noch?"},
    ]

    early, whole = replies_of([first]), replies_of([first, second])

    assert whole[: len(early)] == early
    assert [reply["text"] for reply in whole] == ["Das passt:", "", "Was noch?"]
