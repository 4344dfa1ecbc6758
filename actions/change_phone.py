"""I have a new phone number."""

from actions.asks.contact import PhoneAsk
from actions.change_contact import ChangeContact
from crm_store.base import Json
from crm_store.customers.contacts import Contact


class ActionChangePhone(ChangeContact):
    """Change the phone number that is on file, or put one there."""

    action_name = "action_change_phone"
    intents = frozenset({"change_phone"})
    asks = (PhoneAsk("contact", "utter_change_phone_ask", again="utter_change_phone_ask_again"),)
    restated = "utter_change_phone_restate"
    done = "utter_change_phone_done"

    def contact(self, given: Json) -> Contact:
        """Return the new number."""
        return Contact.phone(given["contact"])
