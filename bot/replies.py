"""What the assistant uttered, as the channels want it."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

Reply = dict[str, Any]


def replies(steps: Iterable[Iterable[Mapping[str, Any]]]) -> list[Reply]:
    """Return the replies of all steps of a turn; what a step has said no later one changes."""
    return [reply for utterances in steps for reply in _of_step(utterances)]


def _of_step(utterances: Iterable[Mapping[str, Any]]) -> list[Reply]:
    """Return a reply for each utterance; cards without words join the words before them."""
    collected: list[Reply] = []
    for utterance in utterances:
        reply = _reply(utterance)
        if reply["text"] or reply["choices"] or not collected:
            collected.append(reply)
        else:
            collected[-1]["cards"].extend(reply["cards"])
    return [reply for reply in collected if any(reply.values())]


def _reply(utterance: Mapping[str, Any]) -> Reply:
    custom = utterance.get("custom") or {}
    return {
        "text": (utterance.get("text") or "").strip(),
        "choices": [_choice(button) for button in utterance.get("buttons") or ()],
        "cards": list(custom.get("cards") or ()),
    }


def _choice(button: Mapping[str, Any]) -> dict[str, Any]:
    """Take a button's payload, `/intent{"entity": "value"}`, apart: none leaves the house."""
    intent, brace, entities = button["payload"].lstrip("/").partition("{")
    return {
        "title": button["title"],
        "intent": intent.strip(),
        "entities": json.loads(brace + entities) if brace else {},
    }
