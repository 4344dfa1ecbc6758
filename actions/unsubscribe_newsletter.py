"""No more newsletter, please."""

from actions.asks.contact import ON_FILE, EmailAsk
from actions.base import ActionTurn, Event
from actions.errand import Errand
from actions.proved_errand import contact_words
from crm_store.base import Json
from crm_store.customers.contacts import Contact
from crm_store.customers.models import Level
from crm_store.privacy.models import ConsentKind
from crm_store.privacy.repository import ConsentRepository


class ActionUnsubscribeNewsletter(Errand):
    """End the newsletter at once, for whoever asks: it must be as easy as can be."""

    action_name = "action_unsubscribe_newsletter"
    intents = frozenset({"unsubscribe_newsletter"})
    level = Level.anonymous
    confirms = False
    asks = (
        EmailAsk(
            "contact",
            "utter_newsletter_end_ask",
            again="utter_newsletter_ask_again",
            own=True,
            takes=("unsubscribe_newsletter", "withdraw_consent"),
        ),
    )

    async def carry_out(self, turn: ActionTurn, given: Json) -> list[Event]:
        """Write it down; for a stranger only the address that they named is concerned."""
        consents = ConsentRepository(turn.session)
        if given["contact"] == ON_FILE:
            await consents.decide(
                turn.conversation,
                ConsentKind.newsletter,
                given=False,
                at=turn.at,
                cause=turn.message_id,
            )
            turn.say("utter_newsletter_ended_on_file")
            return []
        email = Contact.email(given["contact"])
        await consents.unsubscribe(turn.conversation, email, at=turn.at, cause=turn.message_id)
        turn.say("utter_newsletter_ended", **contact_words(email, turn))
        return []
