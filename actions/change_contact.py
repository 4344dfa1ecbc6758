"""What changing an e-mail address and changing a phone number have in common."""

from abc import abstractmethod
from typing import ClassVar

from actions.asks.ask import PersonNeeded
from actions.base import ActionTurn, Event
from actions.proved_errand import ProvedErrand, contact_words
from crm_store.base import Json
from crm_store.customers.accounts import AccountRepository
from crm_store.customers.contacts import Contact
from crm_store.customers.models import CodePurpose
from crm_store.errors import ContactTaken


class ChangeContact(ProvedErrand):
    """Put a contact in the place of the one on file, once it is proved by a code."""

    purpose = CodePurpose.contact
    restated: ClassVar[str]
    done: ClassVar[str]

    @abstractmethod
    def contact(self, given: Json) -> Contact:
        """Return the new contact."""

    async def check(self, turn: ActionTurn, given: Json) -> None:
        """A shop may want its own login for it."""
        await demand_contact_level(turn)

    async def restate(self, turn: ActionTurn, given: Json) -> None:
        """Read the new contact back."""
        turn.say(self.restated, **contact_words(self.contact(given), turn))

    async def carry_out(self, turn: ActionTurn, given: Json) -> list[Event]:
        """Change it, and tell the old one."""
        contact = self.contact(given)
        try:
            await AccountRepository(turn.session).replace_contact(
                turn.conversation,
                contact,
                notice=turn.wording("utter_account_changed_message"),
                at=turn.at,
                cause=turn.message_id,
            )
        except ContactTaken as refusal:
            raise PersonNeeded("utter_contact_taken") from refusal
        turn.say(self.done, **contact_words(contact, turn))
        return []


async def demand_contact_level(turn: ActionTurn) -> None:
    """Raise PersonNeeded where the shop wants to know the customer better for such a change."""
    least = await AccountRepository(turn.session).contact_level()
    if turn.conversation.current_level(turn.at) < least:
        raise PersonNeeded("utter_strong_needed")
