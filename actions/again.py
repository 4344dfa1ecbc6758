"""What was said last, for saying it again."""

from typing import Any, Final

from actions import tracker
from actions.base import ActionTurn
from actions.wording import has_wording
from crm_store.base import Json

NOT_VALUES: Final = {"utter_action", "condition", "channel", "id", "template_name"}


def last_replies(turn: ActionTurn) -> list[Json]:
    """Return what was said last; without the question of an active form, which asks it again."""
    replies = tracker.last_replies(turn.tracker)
    return replies[:-1] if turn.tracker.active_loop_name else replies


def has_spoken(turn: ActionTurn) -> bool:
    """Return whether there is anything to say again."""
    return bool(tracker.last_replies(turn.tracker))


def response_of(reply: Json) -> str | None:
    """Return which response of the domain a reply was, if it was one."""
    return (reply.get("metadata") or {}).get("utter_action")


def values_of(reply: Json) -> Json:
    """Return what was put into the response."""
    said = reply.get("metadata") or {}
    return {name: value for name, value in said.items() if name not in NOT_VALUES}


def buttons_of(reply: Json) -> list[Json]:
    """Return the choices that were on offer."""
    return list((reply.get("data") or {}).get("buttons") or ())


def repeat(turn: ActionTurn, reply: Json, *, text: str | None = None) -> None:
    """Say a reply again, word for word or in the words that are given."""
    turn.words.utter_message(
        text=text or reply.get("text"),
        buttons=buttons_of(reply),
        json_message=(reply.get("data") or {}).get("custom"),
    )


def anew(turn: ActionTurn, reply: Json) -> None:
    """Say a reply again in the words of the channel that the customer is in now."""
    name = response_of(reply)
    if name is None or not has_wording(turn.domain, name):
        repeat(turn, reply)
        return
    of_domain = any(variant.get("buttons") for variant in turn.domain["responses"][name])
    buttons = [] if of_domain else buttons_of(reply)
    turn.say(name, buttons=buttons, **values_of(reply))


def simpler(turn: ActionTurn, reply: Json) -> str | None:
    """Return the response that says the same more simply, if the domain has one."""
    name = f"{response_of(reply)}_simply"
    return name if has_wording(turn.domain, name) else None


def asks_yes_or_no(reply: Json) -> bool:
    """Return whether a reply can be answered by yes or no."""
    payloads: set[Any] = {button.get("payload") for button in buttons_of(reply)}
    return {"/affirm", "/deny"} <= payloads
