"""I need to change my order."""

from typing import Final

from rasa_sdk.events import FollowupAction

from actions.asks.change import ADD, ADDRESS, QUANTITY, REMOVE, VARIANT, ChangeAsk
from actions.base import ActionTurn, Event
from actions.errand import Errand
from crm_store.base import Json
from crm_store.customers.models import Level

DONE_BY: Final = {
    QUANTITY: "action_change_quantity",
    VARIANT: "action_change_variant",
    ADDRESS: "action_change_delivery_address",
    REMOVE: "action_remove_item",
    ADD: "action_add_item",
}


class ActionChangeOrder(Errand):
    """Find out what is to change, and leave it to the errand for that.

    It touches nothing itself, so anybody may say what they want; the other asks who they are.
    """

    action_name = "action_change_order"
    intents = frozenset({"change_order"})
    level = Level.anonymous
    asks = (ChangeAsk(),)
    confirms = False

    async def carry_out(self, turn: ActionTurn, given: Json) -> list[Event]:
        """Go on with what is wanted."""
        return [FollowupAction(DONE_BY[given["change"]])]
