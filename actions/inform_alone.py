"""A number or an address, and not a word more."""

from rasa_sdk.events import FollowupAction

from actions.base import ActionTurn, Event, StoreAction
from actions.narrowing import narrowed


class ActionInformAlone(StoreAction):
    """Ask what a value is for, unless there is but one thing that it can be for."""

    action_name = "action_inform_alone"

    async def act(self, turn: ActionTurn) -> list[Event]:
        """A voucher's code is looked up, a price limits the wish that was just answered.

        Of anything else the customer says what to do with it.
        """
        if turn.entity("voucher_code"):
            return [FollowupAction("action_ask_voucher")]
        anew = await narrowed(turn)
        if anew is not None:
            return anew
        turn.say("utter_inform_alone")
        return []
