"""You useless machine."""

from actions.base import ActionTurn, Event, StoreAction
from actions.persons_sought import offers_person, toward_person
from actions.tracker import emptied, end_of_form, intents_before
from crm_store.handoffs.models import Reason


class ActionInsult(StoreAction):
    """Stay calm, do not lecture, offer help and a person; the second time a person plainly."""

    action_name = "action_insult"

    async def act(self, turn: ActionTurn) -> list[Event]:
        """Whoever is angry twice is done with a machine."""
        if turn.intent not in intents_before(turn.tracker):
            turn.say("utter_insult")
            return []
        person = await toward_person(turn, Reason.insulted)
        if not person:
            turn.say("utter_insult")
            return []
        if offers_person(person):
            turn.say("utter_insult_again")
        return [*end_of_form(), *emptied("awaits", "claim", "code"), *person]
