"""More of that, please."""

from uuid import UUID

from actions.base import ActionTurn, Event, StoreAction
from actions.limits import Limits
from actions.suggestions import last_wish, meant, on_table, suggest


class ActionMoreLikeThis(StoreAction):
    """Suggest what is like one of the offers on the table."""

    action_name = "action_more_like_this"

    async def act(self, turn: ActionTurn) -> list[Event]:
        """Go by the offer that is named, else by the first, else by the last wish."""
        place = meant(turn)
        like = None if place is None else UUID(on_table(turn)[place]["product"])
        text = await last_wish(turn)
        return await suggest(
            turn, "utter_suggest_more", text=text, like=like, limits=Limits.of_last(turn)
        )
