"""I cannot log in."""

from typing import Any, ClassVar, Final

from actions.asks.contact import ON_FILE, EmailAsk
from actions.asks.login import LoginAsk
from actions.asks.words import TextAsk
from actions.base import ActionTurn, Event
from actions.errand import Errand
from actions.formats import spell_moment
from crm_store.base import Json
from crm_store.cases.models import CaseKind
from crm_store.cases.repository import CaseRepository
from crm_store.customers.contacts import Contact
from crm_store.customers.login_help import LoginHelp
from crm_store.customers.models import Level
from crm_store.errors import TooManyCodes
from crm_store.strategy.opening import local
from crm_store.strategy.repository import PolicyRepository

ADVICE: Final = {
    "password": "utter_login_password_done",
    "locked": "utter_login_locked_done",
    "mail_missing": "utter_login_mail_done",
}
"""The problems that a new password solves, each with what is said then."""


class WhereAsk(EmailAsk):
    """To which address a link is sent."""

    def needed(self, given: Json) -> bool:
        """Only where a link helps."""
        return given.get("problem") in ADVICE


class WhatAsk(TextAsk):
    """What happens, in the customer's words."""

    def needed(self, given: Json) -> bool:
        """Only where no link helps, and a person must look."""
        return given.get("problem") not in ADVICE


class ActionLoginProblem(Errand):
    """Send the way to a new password, or have somebody look into it."""

    action_name = "action_login_problem"
    intents = frozenset({"login_problem"})
    level = Level.anonymous
    confirms = False
    refusals: ClassVar = {TooManyCodes: "utter_too_many_codes"}
    asks = (
        LoginAsk(),
        WhereAsk("contact", "utter_login_email_ask", again="utter_login_email_ask_again", own=True),
        WhatAsk(
            "text",
            "utter_login_what_ask",
            takes=("login_problem", "create_account", "report_payment_problem", "complain"),
        ),
    )

    async def carry_out(self, turn: ActionTurn, given: Json) -> list[Event]:
        """Send the link, or open a case; whether an address is known is told to it alone."""
        advice = ADVICE.get(given["problem"])
        if advice is None:
            turn.say("utter_login_case", **await _case(turn, given))
            return []
        policies = await PolicyRepository(turn.session).current()
        email = None if given["contact"] == ON_FILE else Contact.email(given["contact"])
        await LoginHelp(turn.session).send_link(
            turn.conversation,
            email,
            words=turn.wording("utter_login_link_message", link=policies.account.reset_url),
            at=turn.at,
        )
        turn.say(advice)
        return []


async def _case(turn: ActionTurn, given: Json) -> dict[str, Any]:
    case = await CaseRepository(turn.session).open(
        turn.conversation, CaseKind.login, given["text"], at=turn.at, cause=turn.message_id
    )
    shop = (await PolicyRepository(turn.session).current()).shop
    promised = spell_moment(local(shop, case.promised_by), turn.language)
    return {"case_number": case.number, "promised": promised}
