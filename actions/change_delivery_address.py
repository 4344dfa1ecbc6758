"""Please deliver my order elsewhere."""

from typing import ClassVar

from actions.asks.address import address_asks, demand_served, parts_given, place_given
from actions.asks.ask import OfferedInstead, PersonNeeded, Refused
from actions.asks.order import OrderAsk
from actions.base import ActionTurn, Event
from actions.errand import Errand
from actions.orders import order_given, order_to_change, order_words
from actions.postal.spelling import spell_address
from crm_store.base import Json
from crm_store.customers.accounts import AccountRepository
from crm_store.customers.addresses import DeliveryAddress
from crm_store.errors import OrderNotChangeable
from crm_store.insight.repository import EventRepository
from crm_store.orders.models import Order, OrderState
from crm_store.orders.repository import OrderRepository


class ActionChangeDeliveryAddress(Errand):
    """Send an order that is still in the house to another address."""

    action_name = "action_change_delivery_address"
    intents = frozenset({"change_delivery_address"})
    asks = (OrderAsk(fits=lambda order: order.changeable), *address_asks())
    kept_response = "utter_delivery_address_kept"
    refusals: ClassVar = {OrderNotChangeable: "utter_change_impossible"}

    async def check(self, turn: ActionTurn, given: Json) -> None:
        """What is on its way is not turned round here, nor anything sent beyond our countries."""
        await _demand_changeable(turn, given)
        await demand_served(turn, given)

    async def restate(self, turn: ActionTurn, given: Json) -> None:
        """Say where it will go, and to whom."""
        order = await order_given(turn, given)
        address = await _address(turn, order, given)
        turn.say(
            "utter_delivery_address_restate",
            recipient=address.recipient,
            address=spell_address(address.place, turn.language, spoken=turn.on_phone),
            **order_words(order, turn),
        )

    async def carry_out(self, turn: ActionTurn, given: Json) -> list[Event]:
        """Send it there, unless it has left in the meantime."""
        await self.check(turn, given)
        order = await order_to_change(turn, given)
        address = await _address(turn, order, given)
        order.change_address(address)
        EventRepository(turn.session).record(
            "order_address_changed",
            turn.conversation,
            {"order": order.number},
            cause=turn.message_id,
        )
        turn.say(
            "utter_delivery_address_done",
            recipient=address.recipient,
            address=spell_address(address.place, turn.language),
            **order_words(order, turn),
        )
        return []


async def _demand_changeable(turn: ActionTurn, given: Json) -> None:
    under_way = await OrderRepository(turn.session).open_of(turn.conversation, at=turn.at)
    order = await order_given(turn, given) if "order" in given else None
    if order is None or not order.under_way:
        if not under_way:
            raise OfferedInstead("utter_delivery_address_no_open", "action_change_address")
        if order is not None:
            raise Refused("utter_change_impossible", **order_words(order, turn))
    elif order.state is OrderState.shipped:
        raise PersonNeeded("utter_delivery_address_too_late", **order_words(order, turn))


async def _address(turn: ActionTurn, order: Order, given: Json) -> DeliveryAddress:
    """Return where it goes; to whom it was to go before, unless somebody else was named."""
    named = parts_given(given).get("recipient") or (order.address and order.address.recipient)
    if not named:
        named = (await AccountRepository(turn.session).own(turn.conversation, at=turn.at)).name
    return DeliveryAddress.at(place_given(given), named)
