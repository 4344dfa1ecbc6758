"""What does it cost?"""

from actions.asks.product import ProductAsk
from actions.asks.quantity import QuantityAsk
from actions.base import ActionTurn, Event
from actions.errand import Errand
from actions.formats import spell_price
from actions.offers import offered
from actions.products import asked_about, product_of, product_words, spoken_of
from crm_store.base import Json
from crm_store.customers.models import Level


class ActionAskPrice(Errand):
    """Tell what a product costs, one or several pieces of it."""

    action_name = "action_ask_price"
    intents = frozenset({"ask_price"})
    level = Level.anonymous
    asks = (ProductAsk(), QuantityAsk())
    confirms = False
    kept_response = "utter_nothing_asked"

    async def carry_out(self, turn: ActionTurn, given: Json) -> list[Event]:
        """Say the price; of what is sold out, offer to tell when it is back."""
        product, pieces = await product_of(turn, given), given["quantity"]
        await asked_about(turn, product)
        words = product_words(product, turn)
        if product.stock == 0:
            turn.say("utter_price_sold_out", **words)
            return [
                *spoken_of(product),
                *offered("action_notify_when_back", product=product.sku),
            ]
        if pieces > 1:
            total = spell_price(product.price * pieces, product.currency, turn.language)
            turn.say("utter_price_several", quantity=str(pieces), total=total, **words)
        else:
            turn.say("utter_price", **words)
        return [
            *spoken_of(product),
            *offered("action_place_order", product=product.sku, quantity=pieces),
        ]
