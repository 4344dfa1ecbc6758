"""No, thanks."""

from actions.base import ActionTurn, Event, StoreAction
from actions.narrowing import narrowed
from actions.putting_off import says_not_now
from actions.tracker import emptied
from crm_store.suggestions.manners import put_off
from crm_store.suggestions.models import Outcome
from crm_store.suggestions.service import decide


class ActionDeclineSuggestion(StoreAction):
    """Record that none of the offers on the table was wanted, or that they come at a bad time."""

    action_name = "action_decline_suggestion"

    async def act(self, turn: ActionTurn) -> list[Event]:
        """Take them off the table; "not now" refuses none of them.

        Who says what they do not want ("no operas, please") is offered something else.
        """
        if says_not_now(turn.text):
            await decide(turn.session, turn.conversation.id, Outcome.ignored, at=turn.at)
            put_off(turn.session, turn.conversation, cause=turn.message_id)
            turn.say("utter_suggestion_put_off")
            return emptied("suggested", "question")
        anew = await narrowed(turn)
        if anew is not None:
            return anew
        declined = await decide(turn.session, turn.conversation.id, Outcome.declined, at=turn.at)
        # "No thanks, that is all" is said as well where nothing was suggested.
        suggested = declined or turn.slot("suggested")
        turn.say("utter_suggestion_declined" if suggested else "utter_deny_alone")
        return emptied("suggested", "question")
