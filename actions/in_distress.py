"""I do not want to live any more."""

from rasa_sdk.events import SlotSet

from actions.base import ActionTurn, Event, StoreAction
from actions.tracker import emptied, end_of_form
from crm_store.strategy.repository import PolicyRepository


class ActionInDistress(StoreAction):
    """Let the shop's matters be, say who listens at any hour, and offer a person at once."""

    action_name = "action_in_distress"

    async def act(self, turn: ActionTurn) -> list[Event]:
        """Nothing that was under way is asked for again."""
        policies = await PolicyRepository(turn.session).current()
        turn.say("utter_in_distress")
        turn.say("utter_in_distress_help", help=policies.crisis.said(turn.language))
        turn.say("utter_in_distress_person")
        return [
            *end_of_form(),
            *emptied("awaits", "claim", "code", "wish", "wishes", "errands", "offered"),
            SlotSet("question", "person"),
        ]
