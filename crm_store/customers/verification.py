"""Proving who a customer is: a code that only reaches them through a contact on file."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.conversations.models import Channel, Conversation
from crm_store.customers.claims import Claim
from crm_store.customers.codes import (
    DIGITS,
    LIMITS,
    MOST_TRIES,
    NO_CODE,
    VALID_FOR,
    Codes,
    Verdict,
    is_open,
)
from crm_store.customers.models import (
    CodePurpose,
    ContactKind,
    ContactPoint,
    Level,
)
from crm_store.customers.pins import MOST_WRONG, Pins
from crm_store.customers.repository import ClaimRepository
from crm_store.insight.repository import EventRepository
from crm_store.interests.repository import InterestRepository
from crm_store.outbox.repository import OutboxRepository

__all__ = ["DIGITS", "LIMITS", "MOST_TRIES", "VALID_FOR", "Verdict", "Verification", "prove"]


class Verification:
    """Sends codes and checks them, all in the session it is given."""

    def __init__(self, session: AsyncSession, key: bytes) -> None:
        self._session = session
        self._claims = ClaimRepository(session)
        self._codes = Codes(session, key, CodePurpose.identity)

    async def send_code(
        self, conversation: Conversation, claim: Claim, *, words: str, at: datetime
    ) -> None:
        """Send a code to whom the claim, or else the conversation's own claim, is about.

        Nobody can tell from it whether such a customer exists. `words` is the message, with
        `{code}` in it. It raises TooManyCodes when the conversation, the visitor or the caller
        has asked too often.
        """
        await self._codes.demand_pace(conversation, at)
        contact = await self._contact(conversation, claim, at)
        customer = contact.customer_id if contact else None
        code = self._codes.make(conversation, at=at, customer=customer)
        if contact is not None:
            text = words.replace("{code}", code)
            OutboxRepository(self._session).add(contact, conversation.language, text, at=at)

    async def check(
        self,
        conversation: Conversation,
        code: str,
        *,
        at: datetime,
        cause: UUID | None = None,
        pins: Pins | None = None,
    ) -> Verdict:
        """Try a code, or a PIN where one will do; the right one proves the customer here alone.

        A wrong one counts, so the transaction must be committed either way. Whether anybody has
        a PIN cannot be told from it: after a few tries of whatever it was, none will do.
        """
        kept = await self._codes.latest(conversation)
        if kept is None or not is_open(kept, at):
            return NO_CODE
        by_pin = pins is not None and kept.tries < MOST_WRONG
        verdict = self._codes.tries(kept, conversation, code)
        how = "code" if verdict.proved else None
        if how is None and pins is not None and by_pin:
            how = "pin" if await pins.fits(kept.customer_id, code, at=at) else None
        if how is None or kept.customer_id is None:
            closed = by_pin and kept.tries >= MOST_WRONG
            return Verdict(proved=False, tries_left=verdict.tries_left, pin_closed=closed)
        kept.used_at = at
        await prove(
            self._session, conversation, kept.customer_id, Level.verified, how, at, cause=cause
        )
        return Verdict(proved=True, tries_left=0)

    async def _contact(
        self, conversation: Conversation, claim: Claim, at: datetime
    ) -> ContactPoint | None:
        # The same questions are asked of the store whether or not there is such a customer.
        claimed = await self._claims.claimed(claim) if claim else conversation.customer_id
        asked_of = claimed or conversation.id
        rests = await self._codes.may_reach(asked_of, at)
        contacts = await self._claims.contacts(asked_of)
        old = [contact for contact in contacts if contact.may_get_codes(at)]
        return _preferred(old, conversation.medium) if rests else None


async def prove(
    session: AsyncSession,
    conversation: Conversation,
    customer_id: UUID,
    level: Level,
    how: str,
    at: datetime,
    *,
    cause: UUID | None = None,
) -> None:
    """Write down that the customer has shown who they are; what they said here is then theirs."""
    conversation.prove(customer_id, level, how, at)
    await InterestRepository(session).pass_to_customer(conversation.id, customer_id)
    EventRepository(session).record("customer_verified", conversation, {"how": how}, cause=cause)


def _preferred(contacts: Sequence[ContactPoint], channel: Channel) -> ContactPoint | None:
    """Return where to write: by phone to a caller, by e-mail otherwise, else wherever we can."""
    wanted = ContactKind.phone if channel is Channel.phone else ContactKind.email
    ranked = sorted(contacts, key=lambda contact: contact.kind is not wanted)
    return ranked[0] if ranked else None
