"""Two wishes in one message are two; one wish in two clauses is one."""

import asyncio
from collections.abc import Mapping
from typing import Any

import pytest

from bot.wishes import told_apart

pytestmark = pytest.mark.unit

Meanings = Mapping[str, tuple[str, float]]


def parts(text: str, meanings: Meanings, *, whole: str = "inform") -> list[tuple[str, str]]:
    """Take a text apart with an understanding that looks for words."""

    async def parse(words: str) -> dict[str, Any]:
        found = [meaning for key, meaning in meanings.items() if key in words]
        name, confidence = found[0] if found else ("nlu_fallback", 0.3)
        return {"text": words, "intent": {"name": name, "confidence": confidence}, "entities": []}

    everything = {"text": text, "intent": {"name": whole, "confidence": 0.5}, "entities": []}
    told = asyncio.run(told_apart(text, everything, parse))
    return [(part.text, part.intent) for part in told]


def test_two_wishes_in_one_sentence_follow_one_another() -> None:
    told = parts(
        "please cancel order A-21 and change my e-mail address",
        {"cancel": ("cancel_order", 0.9), "e-mail": ("change_email", 0.9)},
    )

    assert told == [
        ("please cancel order A-21", "cancel_order"),
        ("change my e-mail address", "change_email"),
    ]


def test_two_sentences_in_german_are_told_apart() -> None:
    told = parts(
        "Wo ist mein Paket? Außerdem will ich den Newsletter nicht mehr.",
        {"Paket": ("ask_order_status", 0.9), "Newsletter": ("unsubscribe_newsletter", 0.8)},
    )

    assert [intent for _, intent in told] == ["ask_order_status", "unsubscribe_newsletter"]


def test_somebody_in_danger_wishes_for_nothing_else() -> None:
    text = "please cancel order A-21. I want to die"

    told = parts(text, {"cancel": ("cancel_order", 0.9), "die": ("in_distress", 0.9)})

    assert told == [(text, "in_distress")]


def test_a_yes_and_a_wish_are_an_answer_and_a_wish() -> None:
    told = parts(
        "yes do that and send me the invoice again",
        {"yes": ("affirm", 0.9), "invoice": ("ask_invoice", 0.9)},
    )

    assert [intent for _, intent in told] == ["affirm", "ask_invoice"]


@pytest.mark.parametrize(
    ("text", "meanings"),
    [
        (
            "I got the wrong book and I want to send it back",
            {"wrong": ("report_wrong_item", 0.9), "back": ("return_item", 0.9)},
        ),
        (
            "hello good morning and where is my parcel",
            {"hello": ("greet", 0.9), "parcel": ("ask_order_status", 0.9)},
        ),
        (
            "I would like two tickets and maybe something with ham",
            {"tickets": ("place_order", 0.9), "ham": ("ask_invoice", 0.4)},
        ),
        ("Bach und Händel mag ich beide sehr", {"Bach": ("state_interest", 0.9)}),
    ],
)
def test_one_matter_stays_one_message(text: str, meanings: Meanings) -> None:
    assert parts(text, meanings, whole="whole") == [(text, "whole")]


def test_what_is_too_short_to_hold_two_wishes_is_left_alone() -> None:
    assert len(parts("cancel and invoice", {"cancel": ("cancel_order", 1.0)})) == 1


def test_a_story_of_many_sentences_is_left_whole() -> None:
    story = "and then this happened to me today " * 10

    assert len(parts(story, {"happened": ("complain", 0.9)})) == 1
