"""Proving who a customer is: a code that only reaches them through a contact on file."""

import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.conversations.models import Channel, Conversation
from crm_store.conversations.repository import ConversationRepository
from crm_store.customers.claims import Claim
from crm_store.customers.models import (
    ContactKind,
    ContactPoint,
    Level,
    OneTimeCode,
)
from crm_store.customers.repository import (
    ClaimRepository,
    CodeRepository,
    InterestRepository,
)
from crm_store.errors import TooManyCodes
from crm_store.insight.repository import EventRepository
from crm_store.outbox.repository import OutboxRepository

DIGITS = 6
VALID_FOR = timedelta(minutes=5)
MOST_TRIES = 5
LIMITS = ((timedelta(hours=1), 3), (timedelta(days=1), 10))
"""How many codes in how long, counted for each customer and for each conversation."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of a code that was tried."""

    proved: bool
    tries_left: int
    """Of this code; with none left a new one is needed."""


class Verification:
    """Sends codes and checks them, all in the session it is given."""

    def __init__(self, session: AsyncSession, key: bytes) -> None:
        self._session = session
        self._key = key
        self._claims = ClaimRepository(session)
        self._codes = CodeRepository(session)

    async def send_code(
        self, conversation: Conversation, claim: Claim, *, words: str, at: datetime
    ) -> None:
        """Send a code to whom the claim, or else the conversation's own claim, is about.

        Nobody can tell from it whether such a customer exists. `words` is the message, with
        `{code}` in it. It raises TooManyCodes when the conversation has asked too often.
        """
        await ConversationRepository(self._session).lock(conversation.id)
        await self._refuse_too_many(conversation, at)
        contact = await self._contact(conversation, claim, at)
        code = _new_code()
        self._keep(conversation, contact, code, at)
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
    ) -> Verdict:
        """Try a code; the right one proves the customer to this conversation alone.

        A wrong one counts, so the transaction must be committed either way.
        """
        kept = await self._codes.latest(conversation.id)
        if kept is None or not _open(kept, at):
            return Verdict(proved=False, tries_left=0)
        kept.tries += 1
        right = hmac.compare_digest(kept.code_hash, self._hash(conversation, code))
        if not right or kept.customer_id is None:
            return Verdict(proved=False, tries_left=MOST_TRIES - kept.tries)
        kept.used_at = at
        await self._prove(conversation, kept.customer_id, at, cause)
        return Verdict(proved=True, tries_left=0)

    async def _refuse_too_many(self, conversation: Conversation, at: datetime) -> None:
        for length, most in LIMITS:
            asked = await self._codes.asked_in(conversation.id, since=at - length)
            if asked >= most:
                raise TooManyCodes(f"conversation {conversation.id}")

    async def _contact(
        self, conversation: Conversation, claim: Claim, at: datetime
    ) -> ContactPoint | None:
        # The same questions are asked of the store whether or not there is such a customer.
        claimed = await self._claims.claimed(claim) if claim else conversation.customer_id
        asked_of = claimed or conversation.id
        await self._codes.hold(asked_of)
        rests = await self._may_get_another(asked_of, at)
        contacts = await self._claims.contacts(asked_of)
        return _preferred(contacts, conversation.channel) if rests else None

    async def _may_get_another(self, customer_id: UUID, at: datetime) -> bool:
        # Beyond the limit nothing is sent, silently: a refusal would tell that they exist.
        counts = [
            await self._codes.asked_for(customer_id, since=at - length) < most
            for length, most in LIMITS
        ]
        return all(counts)

    def _keep(
        self,
        conversation: Conversation,
        contact: ContactPoint | None,
        code: str,
        at: datetime,
    ) -> None:
        self._codes.add(
            OneTimeCode(
                created_at=at,
                conversation_id=conversation.id,
                customer_id=contact.customer_id if contact else None,
                code_hash=self._hash(conversation, code),
                expires_at=at + VALID_FOR,
                tries=0,
            )
        )

    async def _prove(
        self,
        conversation: Conversation,
        customer_id: UUID,
        at: datetime,
        cause: UUID | None,
    ) -> None:
        conversation.prove(customer_id, Level.verified, "code", at)
        await InterestRepository(self._session).pass_to_customer(conversation.id, customer_id)
        EventRepository(self._session).record(
            "customer_verified", conversation, {"how": "code"}, cause=cause
        )

    def _hash(self, conversation: Conversation, code: str) -> str:
        bound = f"{conversation.id}:{code}".encode()
        return hmac.new(self._key, bound, sha256).hexdigest()


def _new_code() -> str:
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"


def _open(code: OneTimeCode, at: datetime) -> bool:
    return code.used_at is None and at < code.expires_at and code.tries < MOST_TRIES


def _preferred(contacts: Sequence[ContactPoint], channel: Channel) -> ContactPoint | None:
    """Return where to write: by phone to a caller, by e-mail otherwise, else wherever we can."""
    wanted = ContactKind.phone if channel is Channel.phone else ContactKind.email
    ranked = sorted(contacts, key=lambda contact: contact.kind is not wanted)
    return ranked[0] if ranked else None
