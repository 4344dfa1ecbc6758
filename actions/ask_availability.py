"""Is it in stock?"""

from typing import Final

from actions.asks.product import ProductAsk
from actions.base import ActionTurn, Event
from actions.errand import Errand
from actions.formats import spell_form
from actions.limits import limits_said
from actions.narrowing import narrowed
from actions.offers import offered
from actions.products import asked_about, product_of, product_words, spoken_of
from crm_store.base import Json
from crm_store.catalogue.models import Product
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

    async def act(self, turn: ActionTurn) -> list[Event]:
        """Take "also on vinyl?" after suggestions for what it is: they are to be on vinyl."""
        return await narrowed(turn) or await super().act(turn)

    async def carry_out(self, turn: ActionTurn, given: Json) -> list[Event]:
        """Say it; offer to order, or to tell when it is back."""
        product = await product_of(turn, given)
        await asked_about(turn, product)
        await _own_up_to_format(turn, product)
        turn.say(_response(product.stock), **product_words(product, turn))
        follows = "action_place_order" if product.stock else "action_notify_when_back"
        return [*spoken_of(product), *offered(follows, product=product.sku)]


async def _own_up_to_format(turn: ActionTurn, product: Product) -> None:
    """Say so where it was asked for in another format than it comes in."""
    formats = (await limits_said(turn)).filters.formats
    if formats and product.format and product.format not in formats:
        turn.say(
            "utter_stock_in_other_format",
            wanted=spell_form(formats[0], turn.language),
            there=spell_form(product.format, turn.language),
            title=product.title(turn.language),
        )


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
