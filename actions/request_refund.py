"""I want my money back."""

from actions.asks.order import OrderAsk
from actions.return_item import ActionReturnItem
from crm_store.orders.models import OrderState

WITH_MONEY = {OrderState.delivered, OrderState.cancelled}


class ActionRequestRefund(ActionReturnItem):
    """Give money back for what is sent back; of a cancelled order, say how its money stands."""

    action_name = "action_request_refund"
    intents = frozenset({"request_refund"})
    asks = (
        OrderAsk(fits=lambda order: order.state in WITH_MONEY),
        *ActionReturnItem.asks[1:],
    )
