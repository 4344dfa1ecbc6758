"""Make it three instead of one."""

from typing import ClassVar

from actions.asks.ask import Refused
from actions.asks.line import EVERY, LineAsk
from actions.asks.order import OrderAsk
from actions.asks.quantity import MOST, QuantityAsk, counting
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
from crm_store.catalogue.repository import CatalogueRepository
from crm_store.errors import NotInStock, OrderNotChangeable, ProductNotFound
from crm_store.orders.models import OrderLine


class NewQuantityAsk(QuantityAsk):
    """How many it shall be: of "two instead of one" what it is not yet."""

    def __init__(self) -> None:
        super().__init__()
        self.response = self.again = "utter_quantity_ask"

    async def known(self, turn: ActionTurn, given: Json) -> int | None:
        """Return what the first words have said, now that the item is known."""
        return await self.overheard(turn, given)

    async def overheard(self, turn: ActionTurn, given: Json) -> int | None:
        """Return a number that is neither what it is now nor the number of the order."""
        if "order" not in given or given.get("line") in {None, EVERY}:
            return None
        present = (await _line(turn, given)).quantity
        order = "".join(filter(str.isdigit, given["order"]))
        numbers = [n for n in counting(turn) if 0 < n <= MOST and str(n) != order]
        return next((n for n in numbers if n != present), numbers[0] if numbers else None)

    async def put(self, turn: ActionTurn, given: Json, *, again: bool) -> None:
        """Ask, with what it is now."""
        line = await _line(turn, given)
        turn.say(self.response, item=line.title, quantity=str(line.quantity))


class ActionChangeQuantity(Errand):
    """Send more or fewer pieces of an item."""

    action_name = "action_change_quantity"
    intents = frozenset({"change_order"})
    asks = (OrderAsk(fits=lambda order: order.changeable), LineAsk(), NewQuantityAsk())
    kept_response = "utter_change_kept"
    refusals: ClassVar = {
        OrderNotChangeable: "utter_change_impossible",
        NotInStock: "utter_change_gone",
        ProductNotFound: "utter_change_gone",
    }

    async def check(self, turn: ActionTurn, given: Json) -> None:
        """Nothing changes about what has left; and there must be pieces enough."""
        order = await demand_changeable(turn, given)
        if order is None:
            return
        without_strangers(order, given)
        if {"line", "quantity"} <= given.keys():
            line = order.line(given["line"])
            words = {**item_words(order, given, turn), "quantity": str(line.quantity)}
            if line.quantity == given["quantity"]:
                raise Refused("utter_quantity_same", **words)
            product = await CatalogueRepository(turn.session).find(line.sku)
            left = product.stock if product else 0
            if given["quantity"] - line.quantity > left:
                raise Refused("utter_not_enough", **{**words, "most": str(line.quantity + left)})

    async def restate(self, turn: ActionTurn, given: Json) -> None:
        """Say how many there will be, and the new total."""
        order = await order_given(turn, given)
        line = order.line(given["line"])
        more = (given["quantity"] - line.quantity) * line.unit_price
        turn.say(
            "utter_quantity_restate",
            quantity=str(given["quantity"]),
            **item_words(order, given, turn, more=more),
        )

    async def carry_out(self, turn: ActionTurn, given: Json) -> list[Event]:
        """Change it, if there are still pieces enough."""
        await self.check(turn, given)
        order = await order_to_change(turn, given)
        line, quantity = order.line(given["line"]), given["quantity"]
        more = quantity > line.quantity
        await give_back(turn, order, line.sku, line.quantity - quantity)
        product = await CatalogueRepository(turn.session).held(line.sku) if more else None
        order.change_quantity(line.sku, quantity, product)
        record(turn, "order_line_changed", order, sku=line.sku, quantity=quantity)
        turn.say("utter_quantity_done", quantity=str(quantity), **item_words(order, given, turn))
        return []


async def _line(turn: ActionTurn, given: Json) -> OrderLine:
    return (await order_given(turn, given)).line(given["line"])
