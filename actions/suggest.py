"""I love this; what would suit me?"""

from rasa_sdk.events import SlotSet

from actions.base import ActionTurn, Event, StoreAction
from actions.interest import names_something
from actions.limits import Limits
from actions.suggestions import suggest
from actions.tracker import chosen
from crm_store.insight.repository import EventRepository
from crm_store.interests.repository import InterestRepository
from crm_store.suggestions.from_interests import wish_from_interests
from crm_store.suggestions.wish import Wish


class ActionSuggest(StoreAction):
    """Keep a stated interest and suggest what fits it."""

    action_name = "action_suggest"

    async def act(self, turn: ActionTurn) -> list[Event]:
        """Go by what is said, else by what the record knows of a proved customer, else ask."""
        if not chosen(turn.tracker) and names_something(turn.text):
            _keep(turn)
            return await _suggest(turn, turn.text, await Limits.said(turn))
        known = await wish_from_interests(
            turn.session, turn.conversation, at=turn.at, message=turn.message_id
        )
        if known is not None:
            limits = await Limits.said(turn, by_record=True)
            return await _suggest(turn, known.text, limits, known)
        turn.say("utter_suggest_ask_interest")
        return [SlotSet("question", "interest")]


def _keep(turn: ActionTurn) -> None:
    InterestRepository(turn.session).state(
        turn.conversation, turn.text, at=turn.at, message_id=turn.message_id
    )
    EventRepository(turn.session).record(
        "interest_stated", turn.conversation, cause=turn.message_id
    )


async def _suggest(
    turn: ActionTurn, text: str, limits: Limits, known: Wish | None = None
) -> list[Event]:
    offered = await suggest(turn, "utter_suggest", text=text, limits=limits, known=known)
    return [SlotSet("last_wish_text", text), *offered]
