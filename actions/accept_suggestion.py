"""I take that one."""

from uuid import UUID

from actions.base import ActionTurn, Event, StoreAction
from actions.suggestions import meant, on_table
from actions.tracker import emptied
from crm_store.suggestions.models import Outcome
from crm_store.suggestions.service import decide


class ActionAcceptSuggestion(StoreAction):
    """Record which offer was wanted, and say how to get it; nothing is bought here."""

    action_name = "action_accept_suggestion"

    async def act(self, turn: ActionTurn) -> list[Event]:
        """Take the offer that is named, else the first."""
        place = meant(turn)
        if place is None:
            turn.say("utter_suggest_ask_interest")
            return emptied("question")
        offer = on_table(turn)[place]
        wanted = [UUID(offer["suggestion"])]
        await decide(turn.session, turn.conversation.id, Outcome.accepted, wanted, at=turn.at)
        turn.say("utter_suggestion_accepted", title=offer["title"])
        return emptied("suggested", "question")
