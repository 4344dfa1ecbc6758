"""Stop that."""

from actions.base import ActionTurn, Event, StoreAction
from actions.frames import kept, under_way
from actions.tracker import emptied, end_of_form


class ActionAbortForm(StoreAction):
    """Leave what is under way; what it interrupted is taken up again."""

    action_name = "action_abort_form"

    async def act(self, turn: ActionTurn) -> list[Event]:
        """Forget what was waiting for an answer."""
        turn.say("utter_stopped")
        waiting = ("wish", "claim", "code", "question", "awaits")
        return [*end_of_form(), *emptied(*waiting), *kept(under_way(turn)[:-1])]
