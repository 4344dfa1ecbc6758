"""Which order an invoice is of: also told by the invoice's own number."""

from actions.asks.order import OrderAsk
from actions.base import ActionTurn
from crm_store.base import Json
from crm_store.errors import InvoiceNotFound
from crm_store.invoices.repository import InvoiceRepository


class InvoicedOrderAsk(OrderAsk):
    """An order that has an invoice."""

    def __init__(self) -> None:
        super().__init__(fits=lambda order: order.has_left, none="utter_invoice_order_none")

    async def overheard(self, turn: ActionTurn, given: Json) -> str | None:
        """Return the order that is named, or whose invoice is."""
        return await _invoiced(turn) or await super().overheard(turn, given)


async def _invoiced(turn: ActionTurn) -> str | None:
    """Return the order of the invoice whose number is named."""
    named = turn.entity("order_number")
    if named is None:
        return None
    invoices = InvoiceRepository(turn.session)
    try:
        return (await invoices.find(turn.conversation, at=turn.at, number=str(named))).order_number
    except InvoiceNotFound:
        return None
