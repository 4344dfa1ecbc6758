"""I want my money back."""

from actions.asks.return_order import ReturnOrderAsk
from actions.return_item import ActionReturnItem
from crm_store.orders.models import OrderState
from crm_store.returns.models import ReturnKind


class ActionRequestRefund(ActionReturnItem):
    """Give money back for what is sent back; of a cancelled order, say how its money stands."""

    action_name = "action_request_refund"
    intents = frozenset({"request_refund"})
    asks = (
        ReturnOrderAsk(ReturnKind.money_back, also={OrderState.cancelled}),
        *ActionReturnItem.asks[1:],
    )
