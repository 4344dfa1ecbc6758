"""I love this; what would suit me?"""

from dataclasses import replace

from rasa_sdk.events import SlotSet

from actions.base import ActionTurn, Event, StoreAction
from actions.interest import names_something
from actions.limits import Limits, in_figures, limits_said
from actions.narrowing import narrowed
from actions.suggestions import suggest
from actions.tracker import chosen
from crm_store.insight.repository import EventRepository
from crm_store.interests.repository import InterestRepository
from crm_store.suggestions.drawing import Drawn
from crm_store.suggestions.filters import Filters
from crm_store.suggestions.from_interests import wish_from_interests
from crm_store.suggestions.wish import Wish


class ActionSuggest(StoreAction):
    """Keep a stated interest and suggest what fits it."""

    action_name = "action_suggest"

    async def act(self, turn: ActionTurn) -> list[Event]:
        """Go by what is said, else by what the record knows of a proved customer, else ask.

        Where the words only limit ("on vinyl, please"), the last wish is meant.
        """
        said = Drawn(Filters(), "") if chosen(turn.tracker) else await limits_said(turn)
        if names_something(said.rest):
            _keep(turn)
            return await _suggest(turn, in_figures(turn), _awaited(turn).and_then(said.filters))
        anew = await narrowed(turn, said)
        if anew is not None:
            return anew
        return await _by_record(turn, _awaited(turn).and_then(said.filters))


async def _by_record(turn: ActionTurn, limits: Limits) -> list[Event]:
    known = await wish_from_interests(
        turn.session, turn.conversation, at=turn.at, message=turn.message_id
    )
    if known is not None:
        return await _suggest(turn, known.text, replace(limits, by_record=True), known)
    if limits.filters.choose:
        return await _suggest(turn, in_figures(turn), limits)
    turn.say("utter_suggest_ask_interest")
    return [SlotSet("question", "interest"), *_held(limits)]


def _awaited(turn: ActionTurn) -> Limits:
    """Return the limits that were named before we asked what is liked."""
    asked = turn.slot("question") == "interest"
    return Limits(Limits.of_last(turn).filters) if asked else Limits()


def _held(limits: Limits) -> list[Event]:
    return [SlotSet("limits", limits.kept)] if limits.filters else []


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
