"""Where is my order?"""

from typing import Final

from rasa_sdk.events import SlotSet

from actions.base import ActionTurn, Event, StoreAction
from actions.orders import ask_which, number_meant, order_words
from actions.tracker import emptied
from crm_store.orders.models import Order, OrderState
from crm_store.orders.repository import OrderRepository

RESPONSES: Final = {
    OrderState.placed: "utter_order_placed",
    OrderState.shipped: "utter_order_shipped",
    OrderState.delivered: "utter_order_delivered",
    OrderState.cancelled: "utter_order_cancelled",
    OrderState.returned: "utter_order_returned",
}
UNDATED: Final = {
    OrderState.placed: "utter_order_placed_undated",
    OrderState.shipped: "utter_order_shipped_undated",
    OrderState.delivered: "utter_order_delivered_undated",
}


class ActionOrderStatus(StoreAction):
    """Tell a verified customer where their order is."""

    action_name = "action_order_status"

    async def act(self, turn: ActionTurn) -> list[Event]:
        """Tell of the order that is named, or else of the one that is under way."""
        orders = OrderRepository(turn.session)
        number = number_meant(turn)
        if number is not None:
            found = await orders.find(turn.conversation, at=turn.at, number=number)
            return _tell(turn, found)
        under_way = await orders.open_of(turn.conversation, at=turn.at)
        if len(under_way) > 1:
            return ask_which(turn, under_way, "which_order")
        latest = await orders.latest_of(turn.conversation, at=turn.at)
        if latest is None:
            turn.say("utter_order_none")
            return []
        return _tell(turn, under_way[0] if under_way else latest)


def _tell(turn: ActionTurn, order: Order) -> list[Event]:
    turn.say(_response(order, turn), **order_words(order, turn))
    if order.state is OrderState.shipped and order.carrier and order.tracking:
        turn.say("utter_order_tracking", carrier=order.carrier, tracking=order.tracking)
    return [SlotSet("order_number", order.number), *emptied("question")]


def _response(order: Order, turn: ActionTurn) -> str:
    day = order.delivered_at if order.state is OrderState.delivered else order.expected_on
    late = order.expected_on is not None and order.expected_on < turn.at.date()
    # A day that has passed is no promise any more.
    undated = day is None or (late and order.state is not OrderState.delivered)
    if undated and order.state in UNDATED:
        return UNDATED[order.state]
    return RESPONSES[order.state]
