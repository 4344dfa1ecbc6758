"""More of that, please."""

from uuid import UUID

from actions.base import ActionTurn, Event, StoreAction
from actions.limits import Limits, limits_said
from actions.suggestions import last_wish, meant, on_table, suggest
from crm_store.suggestions.outside import looks_at


class ActionMoreLikeThis(StoreAction):
    """Suggest what is like one of the offers on the table."""

    action_name = "action_more_like_this"

    async def act(self, turn: ActionTurn) -> list[Event]:
        """Go by the offer that is named, else the first, else what is looked at or was wished."""
        like = await _liked(turn)
        text = await last_wish(turn)
        limits = Limits.of_last(turn).and_then((await limits_said(turn)).filters)
        return await suggest(turn, "utter_suggest_more", text=text, like=like, limits=limits)


async def _liked(turn: ActionTurn) -> UUID | None:
    place = meant(turn)
    if place is not None:
        return UUID(on_table(turn)[place]["product"])
    return None if on_table(turn) else await looks_at(turn.session, turn.conversation, turn.at)
