"""Yes, cancel it."""

from actions.base import ActionTurn, Event, StoreAction
from actions.orders import NOT_CANCELLABLE, order_words
from actions.tracker import emptied
from crm_store.errors import OrderNotCancellable
from crm_store.insight.repository import EventRepository
from crm_store.orders.repository import OrderRepository


class ActionConfirmCancel(StoreAction):
    """Cancel the order that was restated, and say so."""

    action_name = "action_confirm_cancel"

    async def act(self, turn: ActionTurn) -> list[Event]:
        """Cancel it, unless it has left in the meantime."""
        number = turn.slot("order_to_cancel")
        if number is None:
            turn.say("utter_affirm_alone")
            return emptied("question")
        await self._cancel(turn, number)
        return emptied("order_to_cancel", "question")

    async def _cancel(self, turn: ActionTurn, number: str) -> None:
        orders = OrderRepository(turn.session)
        try:
            order = await orders.cancel(turn.conversation, at=turn.at, number=number)
        except OrderNotCancellable:
            order = await orders.find(turn.conversation, at=turn.at, number=number)
            turn.say(NOT_CANCELLABLE[order.state], **order_words(order, turn))
            return
        EventRepository(turn.session).record(
            "order_cancelled",
            turn.conversation,
            {"order": order.number},
            cause=turn.message_id,
        )
        turn.say("utter_cancel_done", **order_words(order, turn))
