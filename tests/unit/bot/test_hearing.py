"""Words are taken as the answer that is awaited only where they may be one."""

from typing import Any

import pytest

from bot.hearing import ANSWER, as_answer, meant

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


@pytest.mark.parametrize(
    "slots",
    [{}, {"question": "person", "awaits": ASKED["awaits"]}, {"question": "errand", "awaits": None}],
)
def test_where_no_errand_asks_nothing_is_an_answer_to_one(slots: dict[str, Any]) -> None:
    assert as_answer(understood("affirm"), slots) == understood("affirm")
    assert meant(understood("affirm")["intent"]) == "affirm"
