"""On vinyl, please; nothing by Wagner; under 20 euros: words that only limit what was wished."""

from typing import Final

from rasa_sdk.events import SlotSet

from actions.base import ActionTurn, Event
from actions.interest import names_something
from actions.limits import Limits, limits_said
from actions.suggestions import last_wish, on_table, suggest
from crm_store.suggestions.drawing import Drawn
from crm_store.suggestions.filters import Filters

_NOTHING: Final = (Filters(), Filters(sold_out=False))
"""What narrows nothing: all that is on the table is in stock."""


async def narrowed(turn: ActionTurn, said: Drawn | None = None) -> list[Event] | None:
    """Suggest anew for the last wish where the words only limit it; None where they do not.

    There must be offers on the table: else nobody knows what is to be limited.
    """
    wish = turn.slot("last_wish_text")
    if not wish or not on_table(turn) or turn.chosen:
        return None
    said = said or await limits_said(turn)
    if said.filters in _NOTHING or names_something(said.rest):
        return None
    text = await last_wish(turn)
    limits = Limits.of_last(turn).and_then(said.filters)
    # What was shown may well be the one that passes.
    offered = await suggest(turn, "utter_suggest", text=text, limits=limits, skip_shown=False)
    return [SlotSet("last_wish_text", text), *offered]
