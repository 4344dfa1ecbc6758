"""Something else, please."""

from actions.base import ActionTurn, Event, StoreAction
from actions.limits import Limits
from actions.suggestions import last_wish, suggest


class ActionSomethingElse(StoreAction):
    """Pass over the offers on the table and suggest others for the same wish."""

    action_name = "action_something_else"

    async def act(self, turn: ActionTurn) -> list[Event]:
        """What was passed over does not come again."""
        text = await last_wish(turn)
        return await suggest(turn, "utter_suggest_other", text=text, limits=Limits.of_last(turn))
