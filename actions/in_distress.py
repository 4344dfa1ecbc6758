"""I do not want to live any more."""

from actions.base import ActionTurn, Event, StoreAction
from actions.persons_sought import offers_person, toward_person
from actions.tracker import emptied, end_of_form
from crm_store.handoffs.models import Reason
from crm_store.strategy.repository import PolicyRepository


class ActionInDistress(StoreAction):
    """Let the shop's matters be, say who listens at any hour, and offer a person at once."""

    action_name = "action_in_distress"

    async def act(self, turn: ActionTurn) -> list[Event]:
        """Nothing that was under way is asked for again."""
        policies = await PolicyRepository(turn.session).current()
        turn.say("utter_in_distress")
        turn.say("utter_in_distress_help", help=policies.crisis.said(turn.language))
        person = await toward_person(turn, Reason.distress)
        if offers_person(person):
            turn.say("utter_in_distress_person")
        return [
            *end_of_form(),
            *emptied("awaits", "claim", "code", "wish", "wishes", "errands", "offered"),
            *person,
        ]
