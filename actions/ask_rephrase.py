"""Not understood, for the first time."""

from dataclasses import dataclass
from typing import Any, Final

from rasa_sdk.events import SlotSet

from actions.base import ActionTurn, Event, StoreAction
from actions.formats import spell_list
from actions.wording import has_wording

MOST_READINGS: Final = 3
LEAST_LIKELY: Final = 0.08
"""What is less likely than this is no reading of the words at all."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the words may mean, as it is offered."""

    intent: str
    title: str


class ActionAskRephrase(StoreAction):
    """Admit it, and offer the likeliest readings as choices."""

    action_name = "action_ask_rephrase"

    async def act(self, turn: ActionTurn) -> list[Event]:
        """Offer what is likely enough; where nothing is, ask openly."""
        if turn.tracker.active_loop_name:
            # The form asks its own question again, and one is enough.
            turn.say("utter_not_understood")
            return [SlotSet("misunderstood", True)]
        likely = _readings(turn)
        if not likely:
            turn.say("utter_ask_rephrase_open")
            return [SlotSet("misunderstood", True)]
        _offer(turn, likely)
        kept = [{"intent": reading.intent, "title": reading.title} for reading in likely]
        return [
            SlotSet("misunderstood", True),
            SlotSet("readings", kept),
            SlotSet("question", "reading"),
        ]


def _readings(turn: ActionTurn) -> list[Reading]:
    ranking = turn.tracker.latest_message.get("intent_ranking") or []
    likely = [guess["name"] for guess in ranking if guess["confidence"] >= LEAST_LIKELY]
    titled = [name for name in likely if has_wording(turn.domain, _title(name))]
    return [Reading(name, turn.wording(_title(name))) for name in titled[:MOST_READINGS]]


def _offer(turn: ActionTurn, readings: list[Reading]) -> None:
    one = len(readings) == 1
    titles = [reading.title.rstrip("?!.") for reading in readings]
    spoken = spell_list(titles, turn.language, style="or")
    # Aloud the readings are in the question itself, so they are not listed once more.
    choices = [] if turn.on_phone else [_choice(reading) for reading in readings]
    turn.say(
        "utter_ask_rephrase_one" if one else "utter_ask_rephrase",
        readings=spoken,
        **({"buttons": choices} if choices else {}),
    )


def _choice(reading: Reading) -> dict[str, Any]:
    return {"title": reading.title, "payload": f"/{reading.intent}"}


def _title(intent: str) -> str:
    return f"utter_reading_{intent}"
