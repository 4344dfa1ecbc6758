"""Not understood again."""

from actions.base import ActionTurn, Event, StoreAction
from actions.persons_sought import offers_person, toward_person
from actions.tracker import emptied, end_of_form
from crm_store.handoffs.models import Reason


class ActionOfferPerson(StoreAction):
    """Admit it and offer a person, or pass on to one at once."""

    action_name = "action_offer_person"

    async def act(self, turn: ActionTurn) -> list[Event]:
        """Leave whatever was asked for; the customer decides."""
        person = await toward_person(turn, Reason.not_understood)
        if offers_person(person):
            turn.say("utter_offer_person")
        elif not person:
            turn.say("utter_ask_rephrase_open")
        return [*end_of_form(), *emptied("claim", "code", "misunderstood"), *person]
