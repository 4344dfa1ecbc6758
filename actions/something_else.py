"""Something else, please."""

from actions.base import ActionTurn, Event, StoreAction
from actions.limits import Limits, limits_said
from actions.suggestions import last_wish, suggest


class ActionSomethingElse(StoreAction):
    """Pass over the offers on the table and suggest others for the same wish."""

    action_name = "action_something_else"

    async def act(self, turn: ActionTurn) -> list[Event]:
        """What was passed over does not come again; what the words limit now holds as well."""
        text = await last_wish(turn)
        limits = Limits.of_last(turn).and_then((await limits_said(turn)).filters)
        return await suggest(turn, "utter_suggest_other", text=text, limits=limits)
