"""Please take this out of my order."""

from typing import ClassVar

from actions.asks.ask import OfferedInstead
from actions.asks.line import EVERY, LineAsk
from actions.asks.order import OrderAsk
from actions.asks.quantity import QuantityAsk, counting
from actions.base import ActionTurn, Event
from actions.changes import (
    demand_changeable,
    give_back,
    item_words,
    record,
    without_strangers,
)
from actions.errand import Errand
from actions.orders import order_given, order_to_change
from crm_store.base import Json
from crm_store.errors import LastLine, OrderNotChangeable
from crm_store.orders.models import Order, OrderLine


class RemovedQuantityAsk(QuantityAsk):
    """How many pieces go; asked only where there are several."""

    takes = frozenset({"remove_item", "change_order"})

    def __init__(self) -> None:
        super().__init__()
        self.response = self.again = "utter_remove_how_many"

    def needed(self, given: Json) -> bool:
        """Ask for nothing where everything goes."""
        return given.get("line") != EVERY

    async def known(self, turn: ActionTurn, given: Json) -> int | None:
        """Return one where there is only one."""
        return 1 if (await _line(turn, given)).quantity == 1 else await self.overheard(turn, given)

    async def overheard(self, turn: ActionTurn, given: Json) -> int | None:
        """Return a number of pieces, if there are so many, or all of them."""
        if "order" not in given or given.get("line") in {None, EVERY}:
            return None
        present = (await _line(turn, given)).quantity
        if turn.entity("every") and present > 1:
            return present
        return next((number for number in counting(turn) if 0 < number <= present), None)

    async def put(self, turn: ActionTurn, given: Json, *, again: bool) -> None:
        """Ask, with how many there are."""
        line = await _line(turn, given)
        turn.say(self.response, item=line.title, quantity=str(line.quantity))


class ActionRemoveItem(Errand):
    """Take an item, or some pieces of it, out of an order; the last one is a cancellation."""

    action_name = "action_remove_item"
    intents = frozenset({"remove_item"})
    asks = (
        OrderAsk(fits=lambda order: order.changeable),
        LineAsk(every=True),
        RemovedQuantityAsk(),
    )
    kept_response = "utter_change_kept"
    refusals: ClassVar = {
        OrderNotChangeable: "utter_change_impossible",
        LastLine: "utter_change_impossible",
    }

    async def check(self, turn: ActionTurn, given: Json) -> None:
        """Where nothing would be left of the order, offer to cancel it."""
        order = await demand_changeable(turn, given)
        if order is None:
            return
        without_strangers(order, given)
        if _empties(order, given):
            words = item_words(order, {"line": EVERY}, turn)
            known = {"order": order.number}
            raise OfferedInstead("utter_remove_all", "action_cancel_order", given=known, **words)

    async def restate(self, turn: ActionTurn, given: Json) -> None:
        """Say what goes, and the new total."""
        order = await order_given(turn, given)
        line, quantity = order.line(given["line"]), given["quantity"]
        turn.say(
            "utter_remove_restate" if quantity == line.quantity else "utter_remove_some_restate",
            quantity=str(quantity),
            **item_words(order, given, turn, more=-quantity * line.unit_price),
        )

    async def carry_out(self, turn: ActionTurn, given: Json) -> list[Event]:
        """Take it out, unless the order has left in the meantime."""
        await self.check(turn, given)
        order = await order_to_change(turn, given)
        words = item_words(order, given, turn)
        line = order.line(given["line"])
        order.change_quantity(line.sku, line.quantity - given["quantity"])
        await give_back(turn, order, line.sku, given["quantity"])
        record(turn, "order_line_removed", order, sku=line.sku, quantity=given["quantity"])
        turn.say(
            "utter_remove_done",
            **{**words, "new_total": item_words(order, given, turn)["new_total"]},
        )
        return []


def _empties(order: Order, given: Json) -> bool:
    """Return whether nothing would be left, as far as that is plain already."""
    if given.get("line") == EVERY:
        return True
    if len(order.lines) > 1:
        return False
    quantity = order.lines[0].quantity
    return quantity == 1 or given.get("quantity") == quantity


async def _line(turn: ActionTurn, given: Json) -> OrderLine:
    return (await order_given(turn, given)).line(given["line"])
