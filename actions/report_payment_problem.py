"""My payment has failed."""

from actions.asks.words import TextAsk
from actions.base import ActionTurn, Event
from actions.errand import Errand
from actions.formats import spell_date
from crm_store.base import Json
from crm_store.cases.models import CaseKind
from crm_store.cases.repository import CaseRepository
from crm_store.customers.models import Level

FEWEST_WORDS = 4


class ActionReportPaymentProblem(Errand):
    """Say what helps with most payments, and let somebody look into it if the customer wants."""

    action_name = "action_report_payment_problem"
    intents = frozenset({"report_payment_problem"})
    level = Level.anonymous
    asks = (
        TextAsk(
            "what",
            "utter_payment_problem_what",
            takes=(
                *("ask_payment_methods", "complain", "login_problem", "report_invoice_error"),
                *("report_damaged", "report_missing", "ask_invoice"),
            ),
            begins=True,
            fewest_words=FEWEST_WORDS,
        ),
    )
    kept_response = "utter_payment_problem_kept"

    async def restate(self, turn: ActionTurn, given: Json) -> None:
        """Calm down, say what to try, and offer that somebody looks into it."""
        turn.say("utter_payment_problem_advice")

    async def carry_out(self, turn: ActionTurn, given: Json) -> list[Event]:
        """Open a case in the customer's own words."""
        case = await CaseRepository(turn.session).open(
            turn.conversation,
            CaseKind.payment,
            given["what"],
            at=turn.at,
            cause=turn.message_id,
        )
        turn.say(
            "utter_payment_problem_noted",
            case_number=case.number,
            promised_by=spell_date(case.promised_by, turn.language),
        )
        return []
