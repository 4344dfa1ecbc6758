"""My invoice is wrong."""

from actions.asks.invoice import InvoicedOrderAsk
from actions.asks.story import StoryAsk
from actions.base import ActionTurn, Event
from actions.invoices import demand_invoice, invoice_words
from actions.orders import order_given
from actions.reports import Report, open_case
from crm_store.base import Json
from crm_store.cases.models import CaseKind


class ActionReportInvoiceError(Report):
    """Have an invoice checked by a person."""

    action_name = "action_report_invoice_error"
    intents = frozenset({"report_invoice_error"})
    asks = (
        InvoicedOrderAsk(),
        StoryAsk("problem", "utter_invoice_error_what", begins_with=intents),
    )

    async def check(self, turn: ActionTurn, given: Json) -> None:
        """What has not left has no invoice to be wrong."""
        if "order" in given:
            await demand_invoice(turn, given)

    async def restate(self, turn: ActionTurn, given: Json) -> None:
        """Say which invoice will be checked, and for what."""
        invoice = await demand_invoice(turn, given)
        turn.say(
            "utter_invoice_error_restate",
            problem=given["problem"],
            **invoice_words(invoice, turn),
        )

    async def carry_out(self, turn: ActionTurn, given: Json) -> list[Event]:
        """Open a case on it, and say by when they hear from us."""
        invoice, order = await demand_invoice(turn, given), await order_given(turn, given)
        words = invoice_words(invoice, turn)
        told = turn.wording("utter_case_invoice", **words)
        case = await open_case(turn, CaseKind.invoice, f"{told}\n{given['problem']}", order)
        turn.say("utter_invoice_error_done", **words, **case)
        return []
