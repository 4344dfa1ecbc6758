"""Goodbye."""

from actions.base import ActionTurn, Event, StoreAction
from actions.courtesy import is_between
from actions.tracker import emptied, end_of_form


class ActionGoodbye(StoreAction):
    """Part as friends, and leave nothing half done in secret."""

    action_name = "action_goodbye"

    async def act(self, turn: ActionTurn) -> list[Event]:
        """Say goodbye; whoever goes in the middle of something hears that it was not done."""
        turn.say("utter_goodbye_unfinished" if is_between(turn) else "utter_goodbye")
        waiting = ("wish", "claim", "code", "question", "awaits", "errands", "wishes")
        return [*end_of_form(), *emptied(*waiting)]
