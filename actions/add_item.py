"""Please put this into my order as well."""

from typing import ClassVar

from actions.asks.ask import OfferedInstead
from actions.asks.order import OrderAsk
from actions.asks.product import ProductAsk
from actions.asks.quantity import QuantityAsk
from actions.base import ActionTurn, Event
from actions.changes import demand_changeable, item_words, record, tell_suggestions
from actions.errand import Errand
from actions.orders import order_given, order_to_change
from actions.products import product_of, product_words, spoken_of
from crm_store.base import Json
from crm_store.catalogue.repository import CatalogueRepository
from crm_store.errors import NotInStock, OrderNotChangeable, ProductNotFound
from crm_store.orders.repository import OrderRepository


class AddedQuantityAsk(QuantityAsk):
    """How many pieces come in: one, unless another number is said than the order's."""

    async def overheard(self, turn: ActionTurn, given: Json) -> int | None:
        """Return a number that counts, unless it named the order."""
        number = await super().overheard(turn, given)
        order = "".join(filter(str.isdigit, given.get("order") or ""))
        return None if str(number) == order else number


class ActionAddItem(Errand):
    """Add a product to an order that is still in the house."""

    action_name = "action_add_item"
    intents = frozenset({"add_item"})
    asks = (
        OrderAsk(fits=lambda order: order.changeable),
        ProductAsk("product", "utter_add_what", remembers=False),
        AddedQuantityAsk(),
    )
    kept_response = "utter_change_kept"
    refusals: ClassVar = {
        OrderNotChangeable: "utter_change_impossible",
        NotInStock: "utter_change_gone",
        ProductNotFound: "utter_change_gone",
    }

    async def check(self, turn: ActionTurn, given: Json) -> None:
        """Without an open order, offer to order it anew; what is sold out may be waited for."""
        await _demand_open_order(turn, given)
        await demand_changeable(turn, given)
        if {"product", "quantity"} <= given.keys():
            product = await product_of(turn, given)
            if product.stock < given["quantity"]:
                raise OfferedInstead(
                    "utter_add_sold_out",
                    "action_notify_when_back",
                    given={"product": product.sku},
                    **product_words(product, turn),
                )

    async def restate(self, turn: ActionTurn, given: Json) -> None:
        """Say what comes in, and the new total."""
        order, product = await order_given(turn, given), await product_of(turn, given)
        turn.say(
            "utter_add_restate",
            quantity=str(given["quantity"]),
            **product_words(product, turn),
            **item_words(order, given, turn, more=product.price * given["quantity"]),
        )

    async def carry_out(self, turn: ActionTurn, given: Json) -> list[Event]:
        """Add it, unless the order has left or the last piece has gone in the meantime."""
        await self.check(turn, given)
        order = await order_to_change(turn, given)
        product = await CatalogueRepository(turn.session).held(given["product"])
        order.add_line(product, given["quantity"], turn.language)
        await tell_suggestions(turn, order, product.id)
        record(turn, "order_line_added", order, sku=product.sku, quantity=given["quantity"])
        turn.say("utter_add_done", **product_words(product, turn), **item_words(order, given, turn))
        return spoken_of(product)


async def _demand_open_order(turn: ActionTurn, given: Json) -> None:
    if "order" in given:
        return
    orders = await OrderRepository(turn.session).open_of(turn.conversation, at=turn.at)
    if not any(order.changeable for order in orders):
        known = {"product": given["product"]} if "product" in given else {}
        raise OfferedInstead("utter_add_no_open", "action_place_order", given=known)
