"""Stop that."""

from actions.base import ActionTurn, Event, StoreAction
from actions.tracker import emptied, end_of_form


class ActionAbortForm(StoreAction):
    """Leave whatever is under way."""

    action_name = "action_abort_form"

    async def act(self, turn: ActionTurn) -> list[Event]:
        """Forget what was waiting for an answer."""
        turn.say("utter_stopped")
        waiting = ("wish", "claim", "code", "order_to_cancel", "question")
        return [*end_of_form(), *emptied(*waiting)]
