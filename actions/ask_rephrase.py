"""Not understood, or nothing heard, for the first time."""

from typing import Any

from rasa_sdk.events import SlotSet

from actions.base import ActionTurn, Event, StoreAction
from actions.wording import has_wording

MOST_READINGS = 3


class ActionAskRephrase(StoreAction):
    """Admit it, and offer the likeliest readings as choices."""

    action_name = "action_ask_rephrase"

    async def act(self, turn: ActionTurn) -> list[Event]:
        """Offer only what has a title in the domain."""
        # A list of readings is more to listen to than saying it again.
        readings = [] if turn.on_phone else _readings(turn)
        if turn.intent == "silence":
            turn.say("utter_silence")
        elif readings:
            turn.say("utter_ask_rephrase", buttons=readings)
        else:
            turn.say("utter_ask_rephrase_open")
        return [SlotSet("misunderstood", True)]


def _readings(turn: ActionTurn) -> list[dict[str, Any]]:
    ranking = turn.tracker.latest_message.get("intent_ranking") or []
    likeliest = [guess["name"] for guess in ranking]
    titled = [name for name in likeliest if has_wording(turn.domain, _title(name))]
    return [turn.choice(_title(name), name) for name in titled[:MOST_READINGS]]


def _title(intent: str) -> str:
    return f"utter_reading_{intent}"
