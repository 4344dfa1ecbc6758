"""I would like to have the newsletter."""

from actions.asks.ask import Refused
from actions.asks.contact import ON_FILE, EmailAsk
from actions.base import ActionTurn, Event
from actions.proved_errand import ProvedErrand, contact_words
from crm_store.base import Json
from crm_store.customers.contacts import Contact
from crm_store.customers.models import CodePurpose, Level
from crm_store.privacy.models import ConsentKind
from crm_store.privacy.repository import ConsentRepository


class ActionSubscribeNewsletter(ProvedErrand):
    """Let somebody have the newsletter; an address that is not on file must agree itself."""

    action_name = "action_subscribe_newsletter"
    intents = frozenset({"subscribe_newsletter"})
    level = Level.anonymous
    purpose = CodePurpose.newsletter
    asks = (
        EmailAsk(
            "contact",
            "utter_newsletter_ask",
            again="utter_newsletter_ask_again",
            own=True,
            takes=("subscribe_newsletter",),
        ),
    )

    def contact(self, given: Json) -> Contact | None:
        """Return the address that must prove itself; none where it is on file."""
        return None if given["contact"] == ON_FILE else Contact.email(given["contact"])

    async def check(self, turn: ActionTurn, given: Json) -> None:
        """Who has it already is told so, if they are known."""
        if given.get("contact") == ON_FILE:
            consents = await ConsentRepository(turn.session).of(turn.conversation, at=turn.at)
            if consents.get(ConsentKind.newsletter):
                raise Refused("utter_newsletter_already")

    async def restate(self, turn: ActionTurn, given: Json) -> None:
        """Say what is agreed to, and that it can be ended at any time."""
        contact = self.contact(given)
        if contact is None:
            turn.say("utter_newsletter_restate_on_file")
        else:
            turn.say("utter_newsletter_restate", **contact_words(contact, turn))

    async def carry_out(self, turn: ActionTurn, given: Json) -> list[Event]:
        """Write the consent down."""
        consents, contact = ConsentRepository(turn.session), self.contact(given)
        if contact is None:
            await consents.decide(
                turn.conversation,
                ConsentKind.newsletter,
                given=True,
                at=turn.at,
                cause=turn.message_id,
            )
        else:
            await consents.subscribe(turn.conversation, contact, at=turn.at, cause=turn.message_id)
        turn.say("utter_newsletter_done")
        return []
