"""What the invoice errands share: the invoice, its words, and where it may be sent."""

from actions.asks.ask import Refused
from actions.base import ActionTurn
from actions.formats import spell_date, spell_price
from actions.orders import order_given, order_words
from crm_store.base import Json
from crm_store.customers.accounts import AccountRepository
from crm_store.customers.models import ContactKind, ContactPoint
from crm_store.errors import InvoiceNotFound
from crm_store.invoices.models import Invoice
from crm_store.invoices.repository import InvoiceRepository


async def demand_invoice(turn: ActionTurn, given: Json) -> Invoice:
    """Return the invoice of the order that is meant, or refuse where there is none yet."""
    try:
        return await invoice_given(turn, given)
    except InvoiceNotFound:
        order = await order_given(turn, given)
        response = "utter_invoice_not_yet" if order.changeable else "utter_invoice_none"
        raise Refused(response, **order_words(order, turn)) from None


async def invoice_given(turn: ActionTurn, given: Json) -> Invoice:
    """Return the invoice that an errand is about, only if it is this customer's."""
    invoices = InvoiceRepository(turn.session)
    return await invoices.of_order(turn.conversation, at=turn.at, number=given["order"])


def invoice_words(invoice: Invoice, turn: ActionTurn) -> dict[str, str]:
    """Return what responses may say of an invoice."""
    return {
        "invoice_number": invoice.number,
        "order_number": invoice.order_number,
        "issued_on": spell_date(invoice.issued_on, turn.language),
        "total": spell_price(invoice.total, invoice.currency, turn.language),
    }


async def email_on_file(turn: ActionTurn) -> ContactPoint | None:
    """Return the verified customer's e-mail address, if there is one."""
    customer = await AccountRepository(turn.session).own(turn.conversation, at=turn.at)
    emails = (contact for contact in customer.contacts if contact.kind is ContactKind.email)
    return next(emails, None)


def masked_email(address: str) -> str:
    """Return an address so that whoever owns it knows it again, and nobody else learns it."""
    name, _, host = address.partition("@")
    return f"{name[0]}…@{host}"
