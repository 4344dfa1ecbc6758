"""I need my invoice."""

from actions.asks.ask import PersonNeeded
from actions.asks.invoice import InvoicedOrderAsk
from actions.base import ActionTurn, Event
from actions.errand import Errand
from actions.formats import spell_price
from actions.invoices import (
    demand_invoice,
    email_on_file,
    invoice_given,
    invoice_words,
    masked_email,
)
from actions.orders import order_given, order_words
from crm_store.base import Json
from crm_store.insight.repository import EventRepository
from crm_store.invoices.models import Invoice
from crm_store.orders.models import Order
from crm_store.outbox.repository import OutboxRepository
from crm_store.strategy.repository import PolicyRepository


class ActionAskInvoice(Errand):
    """Tell what an invoice says, and send it again to the address on file."""

    action_name = "action_ask_invoice"
    intents = frozenset({"ask_invoice"})
    asks = (InvoicedOrderAsk(),)
    kept_response = "utter_invoice_kept"

    async def check(self, turn: ActionTurn, given: Json) -> None:
        """What has not left has no invoice; without an address on file a person is needed."""
        if "order" not in given:
            return
        invoice = await demand_invoice(turn, given)
        if await email_on_file(turn) is None:
            raise PersonNeeded("utter_invoice_no_email", **invoice_words(invoice, turn))

    async def restate(self, turn: ActionTurn, given: Json) -> None:
        """Tell number, day and sum, and to which address it would go."""
        invoice = await invoice_given(turn, given)
        turn.say("utter_invoice_restate", **await _words(turn, invoice))

    async def carry_out(self, turn: ActionTurn, given: Json) -> list[Event]:
        """Send it, once this is committed."""
        invoice, order = await demand_invoice(turn, given), await order_given(turn, given)
        contact = await email_on_file(turn)
        if contact is None:
            raise PersonNeeded("utter_invoice_no_email", **invoice_words(invoice, turn))
        letter = await _letter(turn, invoice, order)
        OutboxRepository(turn.session).add(contact, turn.language, letter, at=turn.at)
        facts = {"invoice": invoice.number, "order": order.number}
        EventRepository(turn.session).record(
            "invoice_sent", turn.conversation, facts, cause=turn.message_id
        )
        turn.say("utter_invoice_sent", **await _words(turn, invoice))
        return []


async def _words(turn: ActionTurn, invoice: Invoice) -> dict[str, str]:
    contact = await email_on_file(turn)
    address = contact.value if contact else ""
    return {
        **invoice_words(invoice, turn),
        "email": masked_email(address) if address else "",
        "host": address.partition("@")[2],
    }


async def _letter(turn: ActionTurn, invoice: Invoice, order: Order) -> str:
    shop = (await PolicyRepository(turn.session).current()).shop
    words = {**order_words(order, turn), **invoice_words(invoice, turn)}
    return turn.wording(
        "utter_invoice_message", lines=_lines(turn, order), shop=shop.address, **words
    )


def _lines(turn: ActionTurn, order: Order) -> str:
    lines = [
        turn.wording(
            "utter_invoice_line",
            quantity=str(line.quantity),
            item=line.title,
            price=spell_price(line.quantity * line.unit_price, order.currency, turn.language),
        )
        for line in order.lines
    ]
    if order.delivery_cost:
        cost = spell_price(order.delivery_cost, order.currency, turn.language)
        lines.append(turn.wording("utter_invoice_delivery", price=cost))
    return "\n".join(lines)
