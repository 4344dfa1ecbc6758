"""Please cancel my order."""

from rasa_sdk.events import SlotSet

from actions.base import ActionTurn, Event, StoreAction
from actions.orders import NOT_CANCELLABLE, ask_which, number_meant, order_words
from crm_store.orders.models import Order
from crm_store.orders.repository import OrderRepository


class ActionCancelOrder(StoreAction):
    """Restate what would be cancelled and ask for a yes; nothing changes yet."""

    action_name = "action_cancel_order"

    async def act(self, turn: ActionTurn) -> list[Event]:
        """Find out which order is meant."""
        orders = OrderRepository(turn.session)
        number = number_meant(turn)
        if number is not None:
            found = await orders.find(turn.conversation, at=turn.at, number=number)
            return _restate(turn, found)
        under_way = await orders.open_of(turn.conversation, at=turn.at)
        in_house = [order for order in under_way if order.cancellable]
        if len(in_house) > 1:
            return ask_which(turn, in_house, "which_order_to_cancel")
        if in_house or under_way:
            return _restate(turn, (in_house or under_way)[0])
        turn.say("utter_order_none")
        return []


def _restate(turn: ActionTurn, order: Order) -> list[Event]:
    words = order_words(order, turn)
    if not order.cancellable:
        turn.say(NOT_CANCELLABLE[order.state], **words)
        return [SlotSet("order_number", order.number), SlotSet("question", None)]
    turn.say("utter_cancel_restate", **words)
    return [
        SlotSet("order_number", order.number),
        SlotSet("order_to_cancel", order.number),
        SlotSet("question", "cancel_order"),
    ]
