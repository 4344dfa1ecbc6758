"""What is the difference between these two?"""

from decimal import Decimal

from rasa_sdk.events import SlotSet

from actions.asks.pair import PairAsk
from actions.base import ActionTurn, Event
from actions.errand import Errand
from actions.formats import spell_price
from actions.products import asked_about, product_of, product_words
from crm_store.base import Json
from crm_store.catalogue.models import Product
from crm_store.customers.models import Level


class ActionCompareProducts(Errand):
    """Set two products side by side: what is known of each, and which is cheaper."""

    action_name = "action_compare_products"
    intents = frozenset({"compare_products"})
    level = Level.anonymous
    asks = (PairAsk("pair", "utter_compare_what"),)
    confirms = False
    kept_response = "utter_nothing_asked"

    async def carry_out(self, turn: ActionTurn, given: Json) -> list[Event]:
        """Say it; which is better is for the customer to say."""
        one, other = [await product_of(turn, {"product": sku}) for sku in given["pair"]]
        await asked_about(turn, one, other)
        turn.say(
            "utter_compared",
            first=_facts(turn, one),
            second=_facts(turn, other),
            difference=_difference(turn, one, other),
        )
        # After two of them, "it" would be either.
        return [SlotSet("product", None)]


def _facts(turn: ActionTurn, product: Product) -> str:
    words = product_words(product, turn)
    made = "utter_compared_product_by" if product.creator else "utter_compared_product"
    stock = "utter_compared_in_stock" if product.stock else "utter_compared_sold_out"
    about = product.text(turn.language).description
    return turn.wording(
        made, stock_words=turn.wording(stock), about=_first_sentence(about), **words
    ).strip()


def _difference(turn: ActionTurn, one: Product, other: Product) -> str:
    less, more = sorted((one, other), key=lambda product: product.price)
    saved = more.price - less.price
    if saved == Decimal(0) or less.currency != more.currency:
        return turn.wording("utter_compared_same_price")
    return turn.wording(
        "utter_compared_cheaper",
        title=less.title(turn.language),
        saved=spell_price(saved, less.currency, turn.language),
    )


def _first_sentence(text: str) -> str:
    sentence, stop, _ = text.partition(". ")
    return f"{sentence}." if stop else text
