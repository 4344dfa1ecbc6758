"""Please cancel my order."""

from decimal import Decimal
from typing import ClassVar

from actions.asks.ask import OfferedInstead, PersonNeeded, Refused
from actions.asks.order import OrderAsk
from actions.base import ActionTurn, Event
from actions.errand import Errand
from actions.formats import spell_price
from actions.orders import order_given, order_words
from crm_store.base import Json
from crm_store.errors import OrderNotCancellable
from crm_store.insight.repository import EventRepository
from crm_store.orders.models import Order, OrderState
from crm_store.orders.repository import OrderRepository
from crm_store.returns.service import settle_cancellation
from crm_store.strategy.repository import PolicyRepository


class ActionCancelOrder(Errand):
    """Cancel a whole order that is still in the house."""

    action_name = "action_cancel_order"
    intents = frozenset({"cancel_order"})
    asks = (OrderAsk(fits=lambda order: order.cancellable),)
    kept_response = "utter_cancel_kept"
    refusals: ClassVar = {OrderNotCancellable: "utter_cancel_too_late"}

    async def check(self, turn: ActionTurn, given: Json) -> None:
        """An order that has left or ended is not cancelled; what has arrived may be returned."""
        if "order" in given:
            order = await order_given(turn, given)
            if not order.cancellable:
                raise _refusal(order, turn)

    async def restate(self, turn: ActionTurn, given: Json) -> None:
        """Say which order, and what cancelling costs if it costs anything."""
        order = await order_given(turn, given)
        fee = (await PolicyRepository(turn.session).current()).cancellation.fee
        turn.say(
            "utter_cancel_restate_fee" if fee > Decimal(0) else "utter_cancel_restate",
            fee=spell_price(fee, order.currency, turn.language),
            **order_words(order, turn),
        )

    async def carry_out(self, turn: ActionTurn, given: Json) -> list[Event]:
        """Cancel it, unless it has left in the meantime."""
        await self.check(turn, given)
        orders = OrderRepository(turn.session)
        order = await orders.cancel(turn.conversation, at=turn.at, number=given["order"])
        await settle_cancellation(turn.session, order, at=turn.at)
        EventRepository(turn.session).record(
            "order_cancelled", turn.conversation, {"order": order.number}, cause=turn.message_id
        )
        turn.say("utter_cancel_done", **order_words(order, turn))
        return []


def _refusal(order: Order, turn: ActionTurn) -> Refused:
    words = order_words(order, turn)
    match order.state:
        case OrderState.shipped:
            return PersonNeeded("utter_cancel_too_late", **words)
        case OrderState.delivered:
            known = {"order": order.number}
            return OfferedInstead(
                "utter_cancel_delivered", "action_return_item", given=known, **words
            )
        case OrderState.cancelled:
            return Refused("utter_cancel_already", **words)
        case _:
            return Refused("utter_cancel_impossible", **words)
