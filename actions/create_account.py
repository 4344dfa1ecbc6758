"""I want to open an account."""

from typing import Any

from actions.asks.ask import PersonNeeded, Refused
from actions.asks.contact import EmailAsk
from actions.asks.name import NameAsk
from actions.base import ActionTurn, Event
from actions.proved_errand import ProvedErrand, contact_words
from crm_store.base import Json
from crm_store.customers.accounts import AccountRepository
from crm_store.customers.contacts import Contact
from crm_store.customers.models import CodePurpose, Level
from crm_store.errors import ContactTaken


class ActionCreateAccount(ProvedErrand):
    """Make somebody a customer, who agrees to what is kept and proves the address.

    Whether an address has an account already is told to that address alone.
    """

    action_name = "action_create_account"
    intents = frozenset({"create_account"})
    level = Level.anonymous
    purpose = CodePurpose.account
    instead = "utter_account_exists_message"
    asks = (
        NameAsk(
            "name", "utter_create_account_name", again="utter_create_account_name_again", whole=True
        ),
        EmailAsk(
            "contact",
            "utter_create_account_email",
            again="utter_create_account_email_again",
            takes=("create_account", "subscribe_newsletter"),
        ),
    )

    def contact(self, given: Json) -> Contact:
        """Return the address of the account."""
        return Contact.email(given["contact"])

    async def check(self, turn: ActionTurn, given: Json) -> None:
        """Who has proved to be a customer has an account."""
        if turn.conversation.current_level(turn.at) >= Level.verified:
            raise Refused("utter_create_account_known")

    async def restate(self, turn: ActionTurn, given: Json) -> None:
        """Say what would be kept, and what for."""
        turn.say("utter_create_account_restate", **_words(self, turn, given))

    async def carry_out(self, turn: ActionTurn, given: Json) -> list[Event]:
        """Open it; the customer is known from now on."""
        try:
            customer = await AccountRepository(turn.session).open(
                turn.conversation,
                self.contact(given),
                given_name=given["name"]["given"],
                family_name=given["name"]["family"],
                at=turn.at,
                cause=turn.message_id,
            )
        except ContactTaken as refusal:
            raise PersonNeeded("utter_contact_taken") from refusal
        turn.say("utter_create_account_done", customer_number=customer.number)
        return []


def _words(errand: ActionCreateAccount, turn: ActionTurn, given: Json) -> dict[str, Any]:
    name = given["name"]
    person = f"{name['given']} {name['family']}"
    return {"person": person, **contact_words(errand.contact(given), turn)}
