"""I have a new e-mail address."""

from actions.asks.contact import EmailAsk
from actions.change_contact import ChangeContact
from crm_store.base import Json
from crm_store.customers.contacts import Contact


class ActionChangeEmail(ChangeContact):
    """Change the e-mail address that is on file."""

    action_name = "action_change_email"
    intents = frozenset({"change_email"})
    asks = (EmailAsk("contact", "utter_change_email_ask", again="utter_change_email_ask_again"),)
    restated = "utter_change_email_restate"
    done = "utter_change_email_done"

    def contact(self, given: Json) -> Contact:
        """Return the new address."""
        return Contact.email(given["contact"])
