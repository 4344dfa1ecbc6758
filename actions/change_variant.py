"""I would rather have the other size, colour or edition."""

from typing import ClassVar

from actions.asks.ask import OfferedInstead, PersonNeeded
from actions.asks.line import LineAsk
from actions.asks.order import OrderAsk
from actions.asks.replacement import ReplacementAsk
from actions.base import ActionTurn, Event
from actions.changes import (
    demand_changeable,
    give_back,
    item_words,
    record,
    tell_suggestions,
    without_strangers,
)
from actions.errand import Errand
from actions.orders import order_given, order_to_change
from actions.products import product_of, product_words
from crm_store.base import Json
from crm_store.catalogue.repository import CatalogueRepository
from crm_store.errors import NotInStock, OrderNotChangeable, ProductNotFound


class VariantAsk(ReplacementAsk):
    """What is wanted in an item's place; where nothing is like it, a person may know more."""

    async def put(self, turn: ActionTurn, given: Json, *, again: bool) -> None:
        """Ask, with what is like it on offer."""
        try:
            await super().put(turn, given, again=again)
        except OfferedInstead as nothing:
            raise PersonNeeded("utter_variant_none") from nothing


class ActionChangeVariant(Errand):
    """Send another product in an item's place."""

    action_name = "action_change_variant"
    intents = frozenset({"change_order"})
    asks = (
        OrderAsk(fits=lambda order: order.changeable),
        LineAsk(),
        VariantAsk(
            "product",
            "utter_variant_ask",
            which="utter_variant_which",
            remembers=False,
        ),
    )
    kept_response = "utter_change_kept"
    refusals: ClassVar = {
        OrderNotChangeable: "utter_change_impossible",
        NotInStock: "utter_change_gone",
        ProductNotFound: "utter_change_gone",
    }

    async def check(self, turn: ActionTurn, given: Json) -> None:
        """Nothing changes about what has left; and there must be pieces enough of the other."""
        order = await demand_changeable(turn, given)
        if order is None:
            return
        without_strangers(order, given)
        if {"line", "product"} <= given.keys():
            product = await product_of(turn, given)
            if product.stock < order.line(given["line"]).quantity:
                raise PersonNeeded("utter_variant_sold_out", **product_words(product, turn))

    async def restate(self, turn: ActionTurn, given: Json) -> None:
        """Say what comes in place of what, and the new total."""
        order, product = await order_given(turn, given), await product_of(turn, given)
        line = order.line(given["line"])
        more = line.quantity * (product.price - line.unit_price)
        turn.say(
            "utter_variant_restate",
            **product_words(product, turn),
            **item_words(order, given, turn, more=more),
        )

    async def carry_out(self, turn: ActionTurn, given: Json) -> list[Event]:
        """Swap them, if the other is still there."""
        await self.check(turn, given)
        order = await order_to_change(turn, given)
        product = await CatalogueRepository(turn.session).held(given["product"])
        pieces = order.line(given["line"]).quantity
        order.swap_line(given["line"], product, turn.language)
        await tell_suggestions(turn, order, product.id)
        await give_back(turn, order, given["line"], pieces)
        record(turn, "order_line_changed", order, sku=given["line"], by=product.sku)
        turn.say(
            "utter_variant_done",
            **product_words(product, turn),
            **item_words(order, given, turn),
        )
        return []
