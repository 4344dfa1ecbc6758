"""No, keep it."""

from actions.base import ActionTurn, Event, StoreAction
from actions.tracker import emptied


class ActionKeepOrder(StoreAction):
    """Leave the order that was restated as it is."""

    action_name = "action_keep_order"

    async def act(self, turn: ActionTurn) -> list[Event]:
        """Say that nothing changes."""
        turn.say("utter_cancel_kept", order_number=turn.slot("order_to_cancel"))
        return emptied("order_to_cancel", "question")
