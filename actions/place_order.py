"""I would like to buy this."""

from decimal import Decimal
from typing import ClassVar

from rasa_sdk.events import SlotSet

from actions.asks.address import demand_served, place_given
from actions.asks.ask import OfferedInstead, Refused
from actions.asks.delivery import DeliveryAsk
from actions.asks.payment import PaymentAsk
from actions.asks.product import ProductAsk
from actions.asks.quantity import QuantityAsk
from actions.asks.shipping import goes_by_post, shipping_asks
from actions.base import ActionTurn, Event
from actions.errand import Errand
from actions.formats import spell_date, spell_price
from actions.frames import Frame
from actions.payments import method_called
from actions.postal.spelling import spell_address
from actions.products import product_of, product_words, spoken_of
from crm_store.base import Json
from crm_store.customers.models import Level
from crm_store.errors import NotDeliverable, NotInStock, ProductNotFound
from crm_store.shop.delivery import option_called
from crm_store.shop.protocol import Basket, Quote
from crm_store.strategy.repository import PolicyRepository


class ActionPlaceOrder(Errand):
    """Order one product, after the customer has heard what it costs in all and when it comes.

    Anybody may say what they want; who they are is asked only once that is to be had.
    """

    action_name = "action_place_order"
    intents = frozenset({"place_order"})
    level = Level.anonymous
    asks = (
        ProductAsk("product", "utter_order_what"),
        QuantityAsk(),
        DeliveryAsk("delivery", "utter_order_delivery_ask"),
        *shipping_asks("utter_order_address_ask"),
        PaymentAsk("payment", "utter_order_payment_ask"),
    )
    kept_response = "utter_order_not_placed"
    refusals: ClassVar = {
        NotInStock: "utter_order_sold_out",
        ProductNotFound: "utter_product_not_found",
        NotDeliverable: "utter_order_not_deliverable",
    }

    def least(self, given: Json) -> Level:
        """Ask for a proof once it is known what is to be ordered."""
        return Level.verified if "product" in given else Level.anonymous

    async def check(self, turn: ActionTurn, given: Json) -> None:
        """Order only what can be sent; an address that is none of ours is said at once."""
        if "address" in given and goes_by_post(given):
            await demand_served(turn, given)

    async def restate(self, turn: ActionTurn, given: Json) -> None:
        """Say what comes where, by when, and what it costs in all."""
        quote = await turn.parts.shop.quote(turn.session, _basket(given), at=turn.at)
        words = await _words(turn, given, quote)
        if goes_by_post(given):
            place = place_given(given)
            address = spell_address(place, turn.language, spoken=turn.on_phone)
            turn.say("utter_order_restate", address=address, town=place.town, **words)
        else:
            turn.say("utter_order_restate_pickup", **words)

    async def carry_out(self, turn: ActionTurn, given: Json) -> list[Event]:
        """Order it, unless the last pieces have gone in the meantime."""
        order = await turn.parts.shop.place(
            turn.session, turn.conversation, _basket(given), at=turn.at, cause=turn.message_id
        )
        product = await product_of(turn, given)
        turn.say(
            "utter_order_done",
            order_number=order.number,
            total=spell_price(order.total, order.currency, turn.language),
            arrives_on=spell_date(order.expected_on or turn.at, turn.language),
        )
        return [*spoken_of(product), SlotSet("order_number", order.number)]

    async def _step(self, turn: ActionTurn, frames: list[Frame]) -> list[Event]:
        # Before anybody proves who they are for something that is not to be had.
        try:
            await _demand_in_stock(turn, frames[-1].given)
        except Refused as refusal:
            return self._refuse(turn, frames, refusal)
        return await super()._step(turn, frames)


async def _demand_in_stock(turn: ActionTurn, given: Json) -> None:
    """Offer a message instead of what is sold out; order no more than there is."""
    if "product" not in given:
        return
    product = await product_of(turn, given)
    if product.stock == 0:
        raise OfferedInstead(
            "utter_order_sold_out_notify",
            "action_notify_when_back",
            given={"product": product.sku},
            title=product.title(turn.language),
        )
    if given.get("quantity", 1) > product.stock:
        given["quantity"] = product.stock
        turn.say("utter_order_only_left", **product_words(product, turn))


async def _words(turn: ActionTurn, given: Json, quote: Quote) -> dict[str, str]:
    product = await product_of(turn, given)
    delivery = (await PolicyRepository(turn.session).current()).delivery
    free = quote.delivery_cost == Decimal(0)
    cost = spell_price(quote.delivery_cost, quote.currency, turn.language)
    return {
        "quantity": str(given["quantity"]),
        "title": product.title(turn.language),
        "total": spell_price(quote.total, quote.currency, turn.language),
        "delivery": option_called(delivery, given["delivery"]).said(turn.language),
        "delivery_cost": turn.wording("utter_delivery_free") if free else cost,
        "payment": method_called(turn, given["payment"]),
        "arrives_on": spell_date(quote.arrives_on, turn.language),
    }


def _basket(given: Json) -> Basket:
    return Basket(
        sku=given["product"],
        quantity=given["quantity"],
        delivery=given["delivery"],
        payment=given["payment"],
        address=place_given(given) if goes_by_post(given) else None,
    )
