"""You are wonderful."""

from typing import Final

from actions.base import ActionTurn, Event, StoreAction
from actions.courtesy import is_between
from actions.offers import offered
from crm_store.insight.repository import EventRepository

FEWEST_WORDS: Final = 4
"""From which on a praise can stand as a review by itself."""


class ActionPraise(StoreAction):
    """Take a praise with thanks, and offer to keep it as a review."""

    action_name = "action_praise"

    async def act(self, turn: ActionTurn) -> list[Event]:
        """Write down that there was one; where something is under way, offer nothing new."""
        EventRepository(turn.session).record("praised", turn.conversation, cause=turn.message_id)
        if is_between(turn):
            turn.say("utter_praise_between")
            return []
        turn.say("utter_praise")
        words = turn.text.strip()
        told = len(words.split()) >= FEWEST_WORDS and not turn.chosen
        return offered("action_write_review", **({"text": words} if told else {}))
