"""It is me."""

from rasa_sdk.events import FollowupAction

from actions.base import VERIFICATION_FORM, ActionTurn, Event, StoreAction
from actions.erase_my_data import mention_erasure
from actions.tracker import emptied
from crm_store.customers.models import Level


class ActionIdentify(StoreAction):
    """Let somebody prove who they are though nothing that they want needs it yet."""

    action_name = "action_identify"

    async def act(self, turn: ActionTurn) -> list[Event]:
        """Begin with it, unless it is known already."""
        if turn.conversation.current_level(turn.at) >= Level.verified:
            await mention_erasure(turn)
            turn.say("utter_identified_already")
            return []
        return [*emptied("wish"), FollowupAction(VERIFICATION_FORM)]
