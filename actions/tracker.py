"""What the bot's tracker tells about the turn."""

from collections.abc import Iterator
from itertools import takewhile
from typing import Any
from uuid import UUID

from rasa_sdk.events import ActiveLoop, SlotSet
from rasa_sdk.interfaces import ACTION_LISTEN_NAME, Tracker

Event = dict[str, Any]

PLEAS = {
    *("wait", "silence", "repeat", "slower", "rephrase"),
    *("move_here", "go_on_by_phone", "enter_chat_code"),
}
"""Meanings of messages that leave what we said before them standing."""
NO_STEPS = {ACTION_LISTEN_NAME, "action_session_start"}


def metadata(tracker: Tracker) -> dict[str, Any]:
    """Return what the channel says of the message beside its text."""
    return tracker.latest_message.get("metadata") or {}


def fact(tracker: Tracker, name: str) -> Any:
    """Return what the channel tells of the turn under a name, if it does."""
    return (metadata(tracker).get("facts") or {}).get(name)


def message_id(tracker: Tracker) -> UUID:
    """Return the id of the message that is being answered.

    A wish that an earlier message left waiting counts as a message of its own.
    """
    return UUID(metadata(tracker)["message_id"])


def turn_id(tracker: Tracker) -> UUID:
    """Return the id of the message that the customer is being answered to now."""
    said = metadata(tracker)
    return UUID(said.get("turn") or said["message_id"])


def chosen(tracker: Tracker) -> bool:
    """Return whether the customer took a choice rather than speaking for themselves."""
    intent = tracker.latest_message.get("intent") or {}
    return metadata(tracker).get("kind") == "chosen" or bool(intent.get("picked"))


def runs_so_far(tracker: Tracker, action: str) -> int:
    """Return how often an action has run in this turn; a retried turn counts the same."""
    return sum(
        event["event"] == "action" and event["name"] == action for event in _this_turn(tracker)
    )


def actions_so_far(tracker: Tracker) -> list[str]:
    """Return what the bot has done in this turn, in order."""
    names = [event["name"] for event in _this_turn(tracker) if event["event"] == "action"]
    return names[::-1]


def action_before(tracker: Tracker) -> str | None:
    """Return the last action of the turn before: what the customer is answering to."""
    for event in _before_this_turn(tracker):
        if event["event"] == "action" and event["name"] not in NO_STEPS:
            return str(event["name"])
    actions = _kept(tracker, "actions")
    return actions[-1] if actions else None


def intents_before(tracker: Tracker) -> list[str]:
    """Return what the customer's earlier messages meant, the newest first."""
    before = _before_this_turn(tracker)
    return [_meaning(event) for event in before if event["event"] == "user"]


def message_before(tracker: Tracker) -> UUID | None:
    """Return the id of the message before this one, if the tracker still holds it."""
    for event in _before_this_turn(tracker):
        if event["event"] == "user":
            said = event.get("metadata") or {}
            named = said.get("turn") or said.get("message_id")
            return UUID(named) if named else None
    return None


def last_replies(tracker: Tracker) -> list[Event]:
    """Return what the bot said last, in order.

    What it said to a plea for time or for the same once more is not it, but what it was about.
    """
    replies: list[Event] = []
    for event in _before_this_turn(tracker):
        if event["event"] == "bot":
            replies.insert(0, event)
        elif event["event"] == "user" and _meaning(event) in PLEAS:
            replies = []
        elif event["event"] == "user" and replies:
            break
    return replies or _kept(tracker, "said")


def end_of_form() -> list[Event]:
    """Return the events that end whatever form is active."""
    return [ActiveLoop(None), SlotSet("requested_slot", None)]


def emptied(*slots: str) -> list[Event]:
    """Return the events that empty slots."""
    return [SlotSet(slot, None) for slot in slots]


def _meaning(said: Event) -> str:
    intent = (said.get("parse_data") or {}).get("intent") or {}
    return str(intent.get("meant") or intent.get("name"))


def _kept(tracker: Tracker, what: str) -> list[Any]:
    """Return what the bot has kept of a turn that the tracker holds no more."""
    return list((tracker.slots.get("last_turn") or {}).get(what) or ())


def _this_turn(tracker: Tracker) -> Iterator[Event]:
    return takewhile(lambda event: event["event"] != "user", reversed(tracker.events))


def _before_this_turn(tracker: Tracker) -> Iterator[Event]:
    newest_first: Iterator[Event] = iter(reversed(tracker.events))
    for event in newest_first:
        if event["event"] == "user":
            break
    return newest_first
