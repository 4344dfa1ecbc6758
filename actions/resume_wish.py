"""What was I about to do? Taken up again once the customer is verified."""

from rasa_sdk.events import FollowupAction, SlotSet

from actions.base import ActionTurn, Event, StoreAction
from actions.erase_my_data import ActionEraseMyData, mention_erasure
from actions.frames import kept, under_way
from actions.tracker import emptied
from crm_store.customers.models import Level


class ActionResumeWish(StoreAction):
    """Go on with what verification was needed for, or offer a person."""

    action_name = "action_resume_wish"

    async def act(self, turn: ActionTurn) -> list[Event]:
        """Do what was wished for only if the store says that the customer is proved."""
        done_with = emptied("wish", "claim", "code")
        if turn.conversation.current_level(turn.at) < Level.verified:
            turn.say("utter_verification_failed")
            waiting = [frame for frame in under_way(turn) if not frame.unproved]
            return [*done_with, *kept(waiting), SlotSet("question", "person")]
        turn.say("utter_verified")
        wish = turn.slot("wish")
        if wish != ActionEraseMyData.action_name:
            await mention_erasure(turn)
        if wish:
            return [*done_with, FollowupAction(wish)]
        if not under_way(turn):
            turn.say("utter_verified_what_next")
        return done_with
