"""How words are taken while an answer is awaited: as that answer, wherever they can be one."""

import re
from collections.abc import Mapping
from typing import Any

from bot import reading

ANSWER = "answer"
"""The intent of words that answer what an errand has asked; no phrase is trained as it."""

SURE = 0.65
"""From this confidence on, another wish interrupts an errand that waits for an answer."""
STEERING = frozenset(
    {
        *("ask_person", "change_language", "repeat", "slower", "rephrase", "go_back", "stop"),
        *("wait", "goodbye", "silence", "open_conversation", "return_from_agent"),
        *("move_here", "go_on_by_phone", "enter_chat_code"),
        "nobody_came",
    }
)
"""Intents that steer the conversation itself, also if they are understood less surely."""
STEERED = 0.4
"""From this confidence on; a name or a title alone is like nothing, and so like anything."""
SAYS_NOTHING = frozenset({"affirm", "greet", "silence", "small_talk", "thank"})
"""Intents of words after which we go on with what we had to say."""
ON_OFFER = frozenset(
    {"accept_suggestion", "decline_suggestion", "never_this", "more_like_this", "something_else"}
)
"""Intents that are about what was suggested, and about nothing where nothing was."""
ANYBODY = re.compile(
    r"\b(?:persons?|humans?|agents?|somebody|someone|anybody|anyone|operator|advisor|staff"
    r"|mensch\w*|mitarbeiter\w*|jemand\w*|berater\w*|kundendienst|kundenservice)\b",
    re.IGNORECASE,
)
"""Words for a person who is asked for, and never a name that answers."""
REFUSES = re.compile(r"^\W*(?:ach |oh )?(?:nein|nee|nö|no|nope)\b", re.IGNORECASE)
"""Begins with a no: "no, wait" refuses what was just restated, and must not leave it standing."""


def as_answer(parsed: Mapping[str, Any], slots: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was understood, with its intent as the awaited answer if it may be one.

    What the words would have meant otherwise stays beside it, as `meant`.
    """
    intent = dict(parsed["intent"])
    if slots.get("question") == "errand" and _may_answer(parsed, slots):
        intent = {**intent, "name": ANSWER, "meant": intent["name"]}
    if slots.get("question") == "reading":
        return _as_reading(parsed, slots)
    return {**parsed, "intent": intent}


def as_unheard(parsed: Mapping[str, Any], slots: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was understood of somebody who has not heard what we said last.

    Words that say nothing of their own, a yes to a question that was not heard among them, are
    answered by saying it again.
    """
    intent = str(parsed["intent"].get("name"))
    asked = slots.get("question") or slots.get("requested_slot")
    if intent in SAYS_NOTHING or (intent == "nlu_fallback" and not asked):
        return {**parsed, "intent": {"name": "repeat", "confidence": 1.0}, "entities": []}
    return dict(parsed)


def meant(intent: Mapping[str, Any]) -> str | None:
    """Return what the words mean by themselves."""
    return intent.get("meant") or intent.get("name")


def _as_reading(parsed: Mapping[str, Any], slots: Mapping[str, Any]) -> dict[str, Any]:
    picked = reading.picked(parsed, slots.get("readings") or ())
    if picked is None:
        return dict(parsed)
    # The words only point: what they name beside that is not what is wished for.
    intent = {"name": picked, "confidence": 1.0, "picked": True}
    return {**parsed, "intent": intent, "entities": []}


def _may_answer(parsed: Mapping[str, Any], slots: Mapping[str, Any]) -> bool:
    """Return whether words may answer: by their intent, by what they name, or for want of sense.

    A few words that answer are seldom like those that a wish is learned from: what they seem to
    wish for is not believed unless it is sure.
    """
    intent, awaits = parsed["intent"], slots.get("awaits") or {}
    confidence = float(intent.get("confidence") or 0)
    text = str(parsed.get("text") or "")
    if intent.get("name") == "ask_person" and ANYBODY.search(text):
        return False
    if intent.get("name") == "wait" and awaits.get("what") == "yes" and REFUSES.search(text):
        return True
    steers = intent.get("name") in STEERING and confidence >= STEERED
    if not awaits or steers:
        return intent.get("name") in (awaits.get("intents") or ())
    named = {entity["entity"] for entity in parsed.get("entities") or ()}
    means_nothing = intent.get("name") in ON_OFFER and not slots.get("suggested")
    return (
        intent.get("name") in awaits.get("intents", ())
        or not named.isdisjoint(awaits.get("entities") or ())
        or confidence < SURE
        or means_nothing
    )
