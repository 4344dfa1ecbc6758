"""How words are taken while an answer is awaited: as that answer, wherever they can be one."""

from collections.abc import Mapping
from typing import Any

from bot import reading

ANSWER = "answer"
"""The intent of words that answer what an errand has asked; no phrase is trained as it."""


def as_answer(parsed: Mapping[str, Any], slots: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was understood, with its intent as the awaited answer if it may be one.

    What the words would have meant otherwise stays beside it, as `meant`.
    """
    intent = dict(parsed["intent"])
    if slots.get("question") == "errand" and intent.get("name") in _awaited(slots):
        intent = {**intent, "name": ANSWER, "meant": intent["name"]}
    if slots.get("question") == "reading":
        return _as_reading(parsed, slots)
    return {**parsed, "intent": intent}


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


def _awaited(slots: Mapping[str, Any]) -> list[str]:
    awaits = slots.get("awaits") or {}
    return list(awaits.get("intents") or ())
