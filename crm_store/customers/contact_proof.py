"""Proving that a contact which is new to us is whose they say: a code that only reaches it."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.conversations.models import VERIFIED_FOR, Conversation
from crm_store.customers.codes import NO_CODE, Codes, Verdict, is_open
from crm_store.customers.contacts import Contact
from crm_store.customers.models import CodePurpose
from crm_store.customers.repository import ClaimRepository, CodeRepository
from crm_store.errors import ContactNotProved
from crm_store.outbox.repository import OutboxRepository


class ContactProof:
    """Sends codes to new contacts for one purpose, and checks them."""

    def __init__(self, session: AsyncSession, key: bytes, purpose: CodePurpose) -> None:
        self._session = session
        self._codes = Codes(session, key, purpose)
        self._purpose = purpose

    async def send_code(
        self,
        conversation: Conversation,
        contact: Contact,
        *,
        words: str,
        instead: str | None = None,
        at: datetime,
    ) -> None:
        """Send a code to a contact. `words` is the message, with `{code}` in it.

        With `instead`, a contact that is on file gets that message in place of a code, and nobody
        in the conversation can tell. A new contact of a customer needs the customer's proof, or
        it raises LevelTooLow; it raises TooManyCodes when it was asked too often.
        """
        if self._purpose is CodePurpose.contact:
            conversation.verified_customer(at)
        await self._codes.demand_pace(conversation, at)
        rests = await self._codes.may_reach(contact.value, at)
        known = await ClaimRepository(self._session).on_file(contact)
        warned = instead is not None and bool(known)
        code = self._codes.make(conversation, at=at, address=contact.value, dead=warned)
        text = instead if warned and instead is not None else words.replace("{code}", code)
        if rests:
            OutboxRepository(self._session).write_to(contact, conversation, text, at=at)

    async def check(
        self, conversation: Conversation, contact: Contact, code: str, *, at: datetime
    ) -> Verdict:
        """Try the code of a contact; a wrong one counts, so the transaction must be committed."""
        kept = await self._codes.latest(conversation, address=contact.value)
        if kept is None or not is_open(kept, at):
            return NO_CODE
        verdict = self._codes.tries(kept, conversation, code)
        if verdict.proved:
            kept.used_at = at
        return verdict


async def demand_proof(
    session: AsyncSession,
    conversation: Conversation,
    contact: Contact,
    purpose: CodePurpose,
    at: datetime,
) -> None:
    """Raise ContactNotProved unless a code that went to the contact has come back, lately."""
    codes = CodeRepository(session, purpose)
    if not await codes.proved(conversation.id, contact.value, since=at - VERIFIED_FOR):
        raise ContactNotProved(f"conversation {conversation.id}")
