"""Yes, please do."""

from rasa_sdk.events import FollowupAction

from actions.base import ActionTurn, Event, StoreAction
from actions.errand import Errand
from actions.frames import Frame, kept, under_way
from actions.tracker import emptied


class ActionTakeOffer(StoreAction):
    """Begin the errand that was offered, knowing what was known when it was."""

    action_name = "action_take_offer"

    async def act(self, turn: ActionTurn) -> list[Event]:
        """Put it on top; where nothing is on offer any more, ask what the yes is about."""
        offer = turn.slot("offered") or {}
        errand = offer.get("errand")
        if errand not in Errand.known_errands:
            turn.say("utter_affirm_alone")
            return emptied("offered", "question")
        frames = [*under_way(turn), Frame(errand, dict(offer.get("given") or {}))]
        return [*emptied("offered", "question"), *kept(frames), FollowupAction(errand)]
