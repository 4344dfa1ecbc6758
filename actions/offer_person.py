"""Not understood again."""

from rasa_sdk.events import SlotSet

from actions.base import ActionTurn, Event, StoreAction
from actions.tracker import emptied, end_of_form


class ActionOfferPerson(StoreAction):
    """Admit it and offer a person."""

    action_name = "action_offer_person"

    async def act(self, turn: ActionTurn) -> list[Event]:
        """Leave whatever was asked for; the customer decides."""
        turn.say("utter_offer_person")
        return [
            *end_of_form(),
            *emptied("claim", "code", "misunderstood"),
            SlotSet("question", "person"),
        ]
