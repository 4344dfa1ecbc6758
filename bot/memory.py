"""What the assistant asked last holds only as long as the customer is answering it."""

from collections.abc import Mapping
from typing import Any

ANSWERS = {
    "errand": {"answer"},
    "interest": {"nlu_fallback", "inform"},
    "offer": {"affirm", "deny"},
    "person": {"affirm", "deny"},
    "reading": {"deny"},
    "suggestion": {"affirm", "deny"},
}
"""For each question, the intents that answer it: a yes to anything else must change nothing."""

UNHEARD = {
    *("repeat", "silence", "slower", "rephrase", "wait"),
    *("move_here", "go_on_by_phone", "enter_chat_code"),
}
"""Intents that leave our last question standing."""

CONTENT = {"thank", *UNHEARD}
"""Intents by which a matter that is settled stays so: of anything else the customer wants more."""

NOT_UNDERSTOOD = {"nlu_fallback", *UNHEARD}


def outdated(intent: str, slots: Mapping[str, Any]) -> list[str]:
    """Return the slots that this intent makes void."""
    void = []
    question = slots.get("question")
    if question and not answers(intent, question) and intent not in UNHEARD:
        void.append("question")
    if slots.get("misunderstood") and intent not in NOT_UNDERSTOOD:
        void.append("misunderstood")
    if slots.get("settled") and intent not in CONTENT:
        void.append("settled")
    return void


def answers(intent: str, question: str) -> bool:
    """Return whether this intent answers the question, so that it is asked no longer."""
    return intent in ANSWERS.get(question, set())
