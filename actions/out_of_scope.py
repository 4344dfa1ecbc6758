"""Something that is not our business."""

from rasa_sdk.events import SlotSet

from actions.base import ActionTurn, Event, StoreAction


class ActionOutOfScope(StoreAction):
    """Say so, and what we can do; a yes then brings a person."""

    action_name = "action_out_of_scope"

    async def act(self, turn: ActionTurn) -> list[Event]:
        """Name the person as what is on offer."""
        turn.say("utter_out_of_scope")
        return [SlotSet("question", "person")]
