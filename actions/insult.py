"""You useless machine."""

from rasa_sdk.events import SlotSet

from actions.base import ActionTurn, Event, StoreAction
from actions.tracker import emptied, end_of_form, intents_before


class ActionInsult(StoreAction):
    """Stay calm, do not lecture, offer help and a person; the second time a person plainly."""

    action_name = "action_insult"

    async def act(self, turn: ActionTurn) -> list[Event]:
        """Whoever is angry twice is done with a machine."""
        if turn.intent not in intents_before(turn.tracker):
            turn.say("utter_insult")
            return []
        turn.say("utter_insult_again")
        return [
            *end_of_form(),
            *emptied("awaits", "claim", "code"),
            SlotSet("question", "person"),
        ]
