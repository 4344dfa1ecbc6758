"""A yes counts for the question that was just asked, and for no other."""

import pytest

from bot.memory import answers, outdated

pytestmark = pytest.mark.unit


@pytest.mark.parametrize("intent", ["answer", "repeat", "silence", "wait", "slower", "rephrase"])
def test_an_answer_leaves_the_question_standing(intent: str) -> None:
    assert outdated(intent, {"question": "errand"}) == []


@pytest.mark.parametrize("intent", ["state_interest", "ask_order_status", "nlu_fallback", "greet"])
def test_a_change_of_subject_voids_a_cancellation_that_waits_for_a_yes(intent: str) -> None:
    assert outdated(intent, {"question": "errand"}) == ["question"]


def test_any_words_answer_what_somebody_likes() -> None:
    assert outdated("nlu_fallback", {"question": "interest"}) == []


def test_a_misunderstanding_is_forgotten_once_something_is_understood() -> None:
    assert outdated("greet", {"misunderstood": True}) == ["misunderstood"]


@pytest.mark.parametrize("intent", ["nlu_fallback", "silence", "repeat"])
def test_a_second_misunderstanding_in_a_row_is_one(intent: str) -> None:
    assert outdated(intent, {"misunderstood": True}) == []


@pytest.mark.parametrize("intent", ["thank", "repeat", "wait"])
def test_thanks_leave_what_is_settled_so(intent: str) -> None:
    assert outdated(intent, {"settled": "order_status"}) == []


@pytest.mark.parametrize("intent", ["insult", "complain", "nlu_fallback", "affirm", "goodbye"])
def test_whatever_else_is_said_is_another_matter(intent: str) -> None:
    assert outdated(intent, {"settled": "order_status"}) == ["settled"]


def test_where_nothing_is_remembered_nothing_is_forgotten() -> None:
    assert outdated("greet", {"question": None, "misunderstood": None}) == []


def test_only_what_was_taken_as_an_answer_answers_an_errand() -> None:
    assert answers("answer", "errand")
    assert not answers("affirm", "errand")


def test_an_unknown_question_has_no_answer() -> None:
    assert not answers("affirm", "whatever")
