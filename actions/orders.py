"""What the order actions share: the words for an order, and which one is meant."""

from collections.abc import Sequence
from typing import Final

from rasa_sdk.events import SlotSet

from actions.base import ActionTurn, Event
from actions.formats import spell_date, spell_list, spell_price
from crm_store.orders.models import Order, OrderState

MOST_CHOICES = 3

NOT_CANCELLABLE: Final = {
    OrderState.shipped: "utter_cancel_too_late",
    OrderState.delivered: "utter_cancel_impossible",
    OrderState.returned: "utter_cancel_impossible",
    OrderState.cancelled: "utter_cancel_already",
}


def number_meant(turn: ActionTurn) -> str | None:
    """Return the number of the order that the customer names now, or named last."""
    named = turn.entity("order_number") or turn.slot("order_number")
    return str(named) if named else None


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


def ask_which(turn: ActionTurn, orders: Sequence[Order], question: str) -> list[Event]:
    """Ask which of several orders is meant; the newest are on offer."""
    offered = orders[:MOST_CHOICES]
    turn.say(
        "utter_order_which",
        order_numbers=spell_list([order.number for order in offered], turn.language),
        buttons=[order_choice(order, turn) for order in offered],
    )
    return [SlotSet("question", question)]


def order_choice(order: Order, turn: ActionTurn) -> dict[str, str]:
    """Return an order as an answer on offer."""
    return turn.choice(
        "utter_choice_order",
        "inform",
        entities={"order_number": order.number},
        order_number=order.number,
        placed_on=spell_date(order.placed_at, turn.language),
    )
