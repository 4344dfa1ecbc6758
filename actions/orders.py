"""What the order actions share: the words for an order, and which one is meant."""

from typing import Final

from actions.base import ActionTurn
from actions.formats import spell_date, spell_list, spell_price
from crm_store.base import Json
from crm_store.orders.models import Order, OrderState
from crm_store.orders.repository import OrderRepository

MOST_CHOICES = 3

STATES: Final = {
    OrderState.placed: "utter_state_placed",
    OrderState.shipped: "utter_state_shipped",
    OrderState.delivered: "utter_state_delivered",
    OrderState.cancelled: "utter_state_cancelled",
    OrderState.returned: "utter_state_returned",
}
"""Where an order stands, in a word or two."""


async def order_given(turn: ActionTurn, given: Json) -> Order:
    """Return the order that an errand is about, only if it is this customer's."""
    orders = OrderRepository(turn.session)
    return await orders.find(turn.conversation, at=turn.at, number=given["order"])


async def order_to_change(turn: ActionTurn, given: Json) -> Order:
    """Return the order that an errand is about, held for a change."""
    orders = OrderRepository(turn.session)
    return await orders.to_change(turn.conversation, at=turn.at, number=given["order"])


def order_words(order: Order, turn: ActionTurn) -> dict[str, str]:
    """Return what responses may say of an order; what has not happened is left out."""
    language = turn.language
    dates = {
        "placed_on": order.placed_at,
        "expected_on": order.expected_on,
        "delivered_on": order.delivered_at,
        "cancelled_on": order.cancelled_at,
    }
    return {
        "order_number": order.number,
        "total": spell_price(order.total, order.currency, language),
        "titles": spell_list([line.title for line in order.lines], language),
        **{name: spell_date(day, language) for name, day in dates.items() if day},
    }


def order_choice(order: Order, turn: ActionTurn) -> dict[str, str]:
    """Return an order as an answer on offer."""
    return turn.choice(
        "utter_choice_order",
        "inform",
        entities={"order_number": order.number},
        order_number=order.number,
        placed_on=spell_date(order.placed_at, turn.language),
    )
