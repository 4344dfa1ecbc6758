"""I love this; what would suit me?"""

from rasa_sdk.events import SlotSet

from actions.base import ActionTurn, Event, StoreAction
from actions.suggestions import suggest
from actions.tracker import chosen
from crm_store.customers.repository import InterestRepository
from crm_store.insight.repository import EventRepository


class ActionSuggest(StoreAction):
    """Keep a stated interest and suggest what fits it."""

    action_name = "action_suggest"

    async def act(self, turn: ActionTurn) -> list[Event]:
        """Ask what the customer likes if they only took the choice to be suggested something."""
        if chosen(turn.tracker) or not turn.text.strip():
            turn.say("utter_suggest_ask_interest")
            return [SlotSet("question", "interest")]
        InterestRepository(turn.session).state(
            turn.conversation, turn.text, at=turn.at, message_id=turn.message_id
        )
        EventRepository(turn.session).record(
            "interest_stated", turn.conversation, cause=turn.message_id
        )
        offered = await suggest(turn, "utter_suggest", text=turn.text)
        return [SlotSet("last_wish_text", turn.text), *offered]
