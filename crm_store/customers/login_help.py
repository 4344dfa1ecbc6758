"""Help for whoever cannot log in at the shop: a link that only reaches a contact on file."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.conversations.models import Conversation
from crm_store.customers.codes import Codes
from crm_store.customers.contacts import Contact
from crm_store.customers.models import CodePurpose, ContactKind, ContactPoint, Level
from crm_store.customers.repository import ClaimRepository
from crm_store.insight.repository import EventRepository
from crm_store.outbox.repository import OutboxRepository

NO_KEY = b""
"""No code is made that anybody could give back."""


class LoginHelp:
    """Sends the way to a new password, in the session it is given."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session
        self._claims = ClaimRepository(session)
        self._codes = Codes(session, NO_KEY, CodePurpose.reset)

    async def send_link(
        self, conversation: Conversation, email: Contact | None, *, words: str, at: datetime
    ) -> None:
        """Send the message to an address if it is on file, or to the verified customer's own.

        Nobody can tell from it whether the address is known. It raises TooManyCodes when it was
        asked for too often.
        """
        await self._codes.demand_pace(conversation, at)
        contact = await self._contact(conversation, email, at)
        address = contact.value if contact else (email.value if email else "")
        rests = await self._codes.may_reach(address, at)
        self._codes.make(conversation, at=at, address=address, dead=True)
        if contact is not None and rests:
            OutboxRepository(self._session).add(contact, conversation.language, words, at=at)
        EventRepository(self._session).record("login_link_asked", conversation)

    async def own_email(self, conversation: Conversation, at: datetime) -> ContactPoint | None:
        """Return the verified customer's address; None for a stranger, or one without any."""
        if conversation.current_level(at) < Level.verified:
            return None
        contacts = await self._claims.contacts(conversation.verified_customer(at))
        return next((one for one in contacts if one.kind is ContactKind.email), None)

    async def _contact(
        self, conversation: Conversation, email: Contact | None, at: datetime
    ) -> ContactPoint | None:
        if email is None:
            return await self.own_email(conversation, at)
        known = await self._claims.on_file(email)
        return known[0] if known else None
