"""Which of the readings that we offered a customer means: by a yes, its place, or its words."""

from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

MAY_POINT = frozenset({"inform", "correct", "nlu_fallback", "accept_suggestion", "out_of_scope"})
"""Intents of words that may be nothing but a place: "the second one"."""
LIKE_ENOUGH = 0.8
LAST = "-1"


def picked(parsed: Mapping[str, Any], readings: Sequence[Mapping[str, str]]) -> str | None:
    """Return the intent of the reading that is meant, if one is."""
    intent = parsed["intent"].get("name")
    if intent == "affirm":
        return readings[0]["intent"] if len(readings) == 1 else None
    by_title = _by_title(str(parsed.get("text") or ""), readings)
    if by_title is not None or intent not in MAY_POINT:
        return by_title
    return _by_place(parsed.get("entities") or (), readings)


def _by_place(
    entities: Sequence[Mapping[str, Any]], readings: Sequence[Mapping[str, str]]
) -> str | None:
    named = [str(e["value"]) for e in entities if e.get("entity") in {"position", "number"}]
    if not named:
        return None
    if named[0] == LAST:
        return readings[-1]["intent"]
    index = int(named[0]) - 1 if named[0].isdigit() else -1
    return readings[index]["intent"] if 0 <= index < len(readings) else None


def _by_title(text: str, readings: Sequence[Mapping[str, str]]) -> str | None:
    said = _plain(text)
    likeness = [SequenceMatcher(None, said, _plain(one["title"])).ratio() for one in readings]
    best = max(range(len(readings)), key=lambda place: likeness[place], default=None)
    if best is None or likeness[best] < LIKE_ENOUGH:
        return None
    return readings[best]["intent"]


def _plain(text: str) -> str:
    return " ".join("".join(sign for sign in text.lower() if sign.isalnum() or sign == " ").split())
