"""I love this; what would suit me?"""

from rasa_sdk.events import SlotSet

from actions.base import ActionTurn, Event, StoreAction
from actions.interest import names_something
from actions.limits import Limits
from actions.suggestions import suggest
from actions.tracker import chosen
from crm_store.customers.models import Level
from crm_store.insight.repository import EventRepository
from crm_store.interests.repository import InterestRepository

MOST_INTERESTS = 3


class ActionSuggest(StoreAction):
    """Keep a stated interest and suggest what fits it."""

    action_name = "action_suggest"

    async def act(self, turn: ActionTurn) -> list[Event]:
        """Go by what is said, else by what the record knows of a proved customer, else ask."""
        if not chosen(turn.tracker) and names_something(turn.text):
            _keep(turn)
            return await _suggest(turn, turn.text)
        known = await _known_interests(turn)
        if known:
            return await _suggest(turn, known)
        turn.say("utter_suggest_ask_interest")
        return [SlotSet("question", "interest")]


def _keep(turn: ActionTurn) -> None:
    InterestRepository(turn.session).state(
        turn.conversation, turn.text, at=turn.at, message_id=turn.message_id
    )
    EventRepository(turn.session).record(
        "interest_stated", turn.conversation, cause=turn.message_id
    )


async def _suggest(turn: ActionTurn, text: str) -> list[Event]:
    offered = await suggest(turn, "utter_suggest", text=text, limits=await Limits.said(turn))
    return [SlotSet("last_wish_text", text), *offered]


async def _known_interests(turn: ActionTurn) -> str:
    if turn.conversation.current_level(turn.at) < Level.verified:
        return ""
    known = await InterestRepository(turn.session).of(turn.conversation, at=turn.at)
    return ", ".join(liking.words(turn.language) for liking in known[:MOST_INTERESTS])
