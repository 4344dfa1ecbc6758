"""Which orders do I have?"""

from collections.abc import Sequence
from datetime import date

from actions.asks.words import EntityAsk
from actions.base import ActionTurn, Event
from actions.errand import Errand
from actions.formats import spell_date, spell_list
from actions.orders import STATES, order_choice, order_words
from crm_store.base import Json
from crm_store.orders.models import Order
from crm_store.orders.repository import OrderRepository

MOST_SPOKEN, MOST_WRITTEN, MOST_CHOICES = 3, 8, 3


class PeriodAsk(EntityAsk):
    """The days that the orders are to be of; only heard, never asked for."""

    def needed(self, given: Json) -> bool:
        """Leave it open where nothing is said of it."""
        return False


class ActionListOrders(Errand):
    """Tell a verified customer their newest orders, or those of some days."""

    action_name = "action_list_orders"
    intents = frozenset({"list_orders"})
    asks = (PeriodAsk("period", "utter_orders_list", entity="date"),)
    confirms = False

    async def carry_out(self, turn: ActionTurn, given: Json) -> list[Event]:
        """Tell them, each with its day and where it stands."""
        first, last = _days(given.get("period"))
        orders = await OrderRepository(turn.session).of(
            turn.conversation,
            at=turn.at,
            most=MOST_SPOKEN if turn.on_phone else MOST_WRITTEN,
            since=first,
            until=last,
        )
        if orders:
            _tell(turn, orders)
        elif first and last:
            turn.say(
                "utter_orders_none_between",
                first=spell_date(first, turn.language),
                last=spell_date(last, turn.language),
            )
        else:
            turn.say("utter_order_none")
        return []


def _tell(turn: ActionTurn, orders: Sequence[Order]) -> None:
    entries = [
        turn.wording(
            "utter_orders_entry",
            state=turn.wording(STATES[order.state]),
            **order_words(order, turn),
        )
        for order in orders
    ]
    spoken = spell_list(entries, turn.language)
    turn.say(
        "utter_orders_list",
        entries=spoken if turn.on_phone else "\n".join(entries),
        buttons=[order_choice(order, turn) for order in orders[:MOST_CHOICES]],
    )


def _days(period: str | None) -> tuple[date | None, date | None]:
    if period is None:
        return None, None
    first, _, last = period.partition("/")
    return date.fromisoformat(first), date.fromisoformat(last or first)
