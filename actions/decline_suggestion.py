"""No, thanks."""

from actions.base import ActionTurn, Event, StoreAction
from actions.tracker import emptied
from crm_store.suggestions.models import Outcome
from crm_store.suggestions.service import decide


class ActionDeclineSuggestion(StoreAction):
    """Record that none of the offers on the table was wanted."""

    action_name = "action_decline_suggestion"

    async def act(self, turn: ActionTurn) -> list[Event]:
        """Take them off the table."""
        await decide(turn.session, turn.conversation.id, Outcome.declined, at=turn.at)
        turn.say("utter_suggestion_declined")
        return emptied("suggested", "question")
