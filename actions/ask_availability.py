"""Is it in stock?"""

from typing import Final

from actions.asks.product import ProductAsk
from actions.base import ActionTurn, Event
from actions.errand import Errand
from actions.offers import offered
from actions.products import asked_about, product_of, product_words, spoken_of
from crm_store.base import Json
from crm_store.customers.models import Level

FEW: Final = 3
"""Pieces from which on down it is said how many are left."""


class ActionAskAvailability(Errand):
    """Tell whether a product is in stock, and offer what follows from it."""

    action_name = "action_ask_availability"
    intents = frozenset({"ask_availability"})
    level = Level.anonymous
    asks = (ProductAsk(),)
    confirms = False
    kept_response = "utter_nothing_asked"

    async def carry_out(self, turn: ActionTurn, given: Json) -> list[Event]:
        """Say it; offer to order, or to tell when it is back."""
        product = await product_of(turn, given)
        await asked_about(turn, product)
        turn.say(_response(product.stock), **product_words(product, turn))
        follows = "action_place_order" if product.stock else "action_notify_when_back"
        return [*spoken_of(product), *offered(follows, product=product.sku)]


def _response(stock: int) -> str:
    match stock:
        case 0:
            return "utter_stock_none"
        case 1:
            return "utter_stock_last"
        case few if few <= FEW:
            return "utter_stock_few"
        case _:
            return "utter_stock_good"
