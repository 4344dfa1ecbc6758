"""Words are taken as the answer that is awaited only where they may be one."""

from typing import Any

import pytest

from bot.hearing import ANSWER, as_answer, as_unheard, meant

pytestmark = pytest.mark.unit

ASKED = {"question": "errand", "awaits": {"intents": ["affirm", "inform", "report_damaged"]}}


def understood(intent: str) -> dict[str, Any]:
    return {"text": "...", "intent": {"name": intent, "confidence": 0.8}, "entities": []}


@pytest.mark.parametrize("intent", ["affirm", "inform", "report_damaged"])
def test_what_may_answer_is_taken_as_the_answer(intent: str) -> None:
    heard = as_answer(understood(intent), ASKED)

    assert heard["intent"] == {"name": ANSWER, "confidence": 0.8, "meant": intent}
    assert meant(heard["intent"]) == intent


@pytest.mark.parametrize("intent", ["ask_person", "stop", "ask_order_status"])
def test_anything_else_is_what_it_is(intent: str) -> None:
    assert as_answer(understood(intent), ASKED) == understood(intent)


def test_what_names_the_thing_that_is_asked_for_is_an_answer_whatever_else_it_seems() -> None:
    asked = {"question": "errand", "awaits": {"intents": [], "entities": ["payment_method"]}}
    said = understood("ask_invoice")
    said["entities"] = [{"entity": "payment_method", "value": "invoice"}]

    assert as_answer(said, asked)["intent"]["name"] == ANSWER
    assert as_answer(understood("ask_invoice"), asked) == understood("ask_invoice")


@pytest.mark.parametrize(("confidence", "name"), [(0.64, ANSWER), (0.65, "greet")])
def test_an_unsure_wish_does_not_interrupt(confidence: float, name: str) -> None:
    said = understood("greet")
    said["intent"]["confidence"] = confidence

    assert as_answer(said, ASKED)["intent"]["name"] == name


@pytest.mark.parametrize("intent", ["ask_person", "stop", "go_back"])
def test_what_steers_the_conversation_is_heard_less_sure_too(intent: str) -> None:
    said = understood(intent)
    said["intent"]["confidence"] = 0.4

    assert as_answer(said, ASKED)["intent"]["name"] == intent


@pytest.mark.parametrize(
    ("text", "name"),
    [("Frau Berger", ANSWER), ("a person please", "ask_person"), ("einen Menschen", "ask_person")],
)
def test_a_name_may_answer_but_whoever_asks_for_a_person_gets_one(text: str, name: str) -> None:
    asked = {"question": "errand", "awaits": {"intents": ["ask_person"]}}

    assert as_answer({**understood("ask_person"), "text": text}, asked)["intent"]["name"] == name


@pytest.mark.parametrize(
    ("text", "name"), [("no, wait, rather not", ANSWER), ("wait a moment", "wait")]
)
def test_a_no_that_asks_to_wait_refuses_what_was_restated(text: str, name: str) -> None:
    asked = {"question": "errand", "awaits": {"what": "yes", "intents": ["affirm", "deny"]}}

    assert as_answer({**understood("wait"), "text": text}, asked)["intent"]["name"] == name


def test_a_title_that_is_like_nothing_does_not_steer() -> None:
    said = understood("goodbye")
    said["intent"]["confidence"] = 0.39

    assert as_answer(said, ASKED)["intent"]["name"] == ANSWER


@pytest.mark.parametrize(
    "slots",
    [{}, {"question": "person", "awaits": ASKED["awaits"]}, {"question": "errand", "awaits": None}],
)
def test_where_no_errand_asks_nothing_is_an_answer_to_one(slots: dict[str, Any]) -> None:
    assert as_answer(understood("affirm"), slots) == understood("affirm")
    assert meant(understood("affirm")["intent"]) == "affirm"


@pytest.mark.parametrize(
    ("suggested", "name"), [([], "answer"), ([{"sku": "A"}], "decline_suggestion")]
)
def test_not_liking_it_is_an_answer_where_nothing_was_suggested(
    suggested: list[Any], name: str
) -> None:
    slots = {**ASKED, "suggested": suggested}

    assert as_answer(understood("decline_suggestion"), slots)["intent"]["name"] == name


@pytest.mark.parametrize("intent", ["affirm", "greet", "thank"])
def test_a_yes_to_what_was_not_heard_is_answered_by_saying_it_again(intent: str) -> None:
    heard = as_answer(as_unheard(understood(intent), ASKED), ASKED)

    assert heard["intent"] == {"name": "repeat", "confidence": 1.0}


@pytest.mark.parametrize("intent", ["deny", "inform", "ask_order_status", "nlu_fallback"])
def test_what_says_something_of_its_own_is_heard_though_we_were_not(intent: str) -> None:
    assert as_unheard(understood(intent), ASKED) == understood(intent)


def test_words_that_are_not_understood_are_not_asked_back_about() -> None:
    assert as_unheard(understood("nlu_fallback"), {})["intent"]["name"] == "repeat"
