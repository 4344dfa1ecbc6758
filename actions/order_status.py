"""Where is my order?"""

from collections.abc import Sequence
from typing import Final

from rasa_sdk.events import SlotSet

from actions.asks.line import EVERY
from actions.asks.order import OrderAsk
from actions.base import ActionTurn, Event
from actions.errand import Errand
from actions.offers import offered
from actions.orders import order_given, order_words
from crm_store.base import Json
from crm_store.orders.lateness import Delay, delay_of
from crm_store.orders.models import Order, OrderState
from crm_store.orders.repository import OrderRepository
from crm_store.strategy.opening import local_day
from crm_store.strategy.repository import PolicyRepository

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
MOST_SPOKEN, MOST_WRITTEN = 3, 8


class StatusAsk(OrderAsk):
    """The order asked about, or EVERY one that is under way."""

    async def overheard(self, turn: ActionTurn, given: Json) -> str | None:
        """Return the order that the words name; "all of them" are all."""
        return EVERY if turn.entity("every") else await super().overheard(turn, given)


class ActionOrderStatus(Errand):
    """Tell a verified customer where their order is."""

    action_name = "action_order_status"
    intents = frozenset({"ask_order_status"})
    asks = (StatusAsk(fits=lambda order: order.under_way),)
    confirms = False

    async def carry_out(self, turn: ActionTurn, given: Json) -> list[Event]:
        """Tell of the order; one that is late is said to be so, and looked into if wanted."""
        if given["order"] == EVERY:
            return await _tell_every(turn)
        order = await order_given(turn, given)
        delay = await _delay(turn, order)
        if delay is Delay.none:
            _tell(turn, order)
            return []
        turn.say("utter_order_late", **order_words(order, turn))
        return offered("action_report_missing", order=order.number, agreed=True)


async def _tell_every(turn: ActionTurn) -> list[Event]:
    orders = await _several(turn)
    if not orders:
        turn.say("utter_order_none")
    for order in orders:
        late = await _delay(turn, order) is not Delay.none
        response = "utter_order_late_told" if late else _response(order, turn)
        turn.say(response, **order_words(order, turn))
    return [SlotSet("order_number", None)]


async def _several(turn: ActionTurn) -> Sequence[Order]:
    """Return all that is under way, else the newest."""
    orders = OrderRepository(turn.session)
    under_way = await orders.open_of(turn.conversation, at=turn.at)
    found = under_way or await orders.of(turn.conversation, at=turn.at, most=1)
    return found[: MOST_SPOKEN if turn.on_phone else MOST_WRITTEN]


async def _delay(turn: ActionTurn, order: Order) -> Delay:
    policies = await PolicyRepository(turn.session).current()
    return delay_of(order, policies.lateness, local_day(policies.shop, turn.at))


def _tell(turn: ActionTurn, order: Order) -> None:
    turn.say(_response(order, turn), **order_words(order, turn))
    if order.state is OrderState.shipped and order.carrier and order.tracking:
        turn.say("utter_order_tracking", carrier=order.carrier, tracking=order.tracking)


def _response(order: Order, turn: ActionTurn) -> str:
    day = order.delivered_at if order.state is OrderState.delivered else order.expected_on
    # A day that has passed is no promise any more.
    undated = day is None or order.days_late(turn.at.date()) > 0
    if undated and order.state in UNDATED:
        return UNDATED[order.state]
    return RESPONSES[order.state]
