"""One-time codes: six random digits, of which only a keyed hash is kept."""

import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.conversations.models import Conversation
from crm_store.conversations.repository import ConversationRepository
from crm_store.customers.models import CodePurpose, OneTimeCode
from crm_store.customers.repository import CodeRepository
from crm_store.errors import TooManyCodes

DIGITS = 6
VALID_FOR = timedelta(minutes=5)
MOST_TRIES = 5
LIMITS = ((timedelta(hours=1), 3), (timedelta(days=1), 10))
"""How many codes of one purpose in how long: for each conversation, for whoever asks in it
(a visitor, a caller's number), and for each customer or new address that they are sent to."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of a code that was tried."""

    proved: bool
    tries_left: int
    """Of this code; with none left a new one is needed."""
    pin_closed: bool = False
    """Whether from this try on a PIN in place of the code will not do."""


NO_CODE = Verdict(proved=False, tries_left=0)


class Codes:
    """Makes and checks the codes of one purpose, all in the session it is given."""

    def __init__(self, session: AsyncSession, key: bytes, purpose: CodePurpose) -> None:
        self._session = session
        self._key = key
        self._purpose = purpose
        self._kept = CodeRepository(session, purpose)

    async def demand_pace(self, conversation: Conversation, at: datetime) -> None:
        """Raise TooManyCodes when there were too many in the conversation, or for who asks in it.

        Until the transaction ends, nobody else asks for one beside them.
        """
        await ConversationRepository(self._session).lock(conversation.id)
        await self._kept.hold(conversation.asker)
        for since, most in _spans(at):
            here = await self._kept.asked_in(conversation.id, since=since)
            if here >= most or await self._kept.asked_by(conversation.asker, since=since) >= most:
                raise TooManyCodes(f"conversation {conversation.id}")

    async def may_reach(self, whom: UUID | str, at: datetime) -> bool:
        """Return whether a customer, or an address not on file, may be sent one more.

        Beyond the limit nothing is sent, silently: a refusal would tell that they exist.
        """
        await self._kept.hold(str(whom))
        counts = [await self._kept.sent_to(whom, since=since) < most for since, most in _spans(at)]
        return all(counts)

    def make(
        self,
        conversation: Conversation,
        *,
        at: datetime,
        customer: UUID | None = None,
        address: str | None = None,
        dead: bool = False,
    ) -> str:
        """Return a new code and keep its hash; a dead one is right for nobody."""
        code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
        self._kept.add(
            OneTimeCode(
                created_at=at,
                conversation_id=conversation.id,
                customer_id=customer,
                purpose=self._purpose,
                asker=conversation.asker,
                address=address,
                code_hash="" if dead else self._hash(conversation, code),
                expires_at=at + VALID_FOR,
                tries=0,
            )
        )
        return code

    async def latest(
        self, conversation: Conversation, *, address: str | None = None
    ) -> OneTimeCode | None:
        """Return the conversation's newest code, or its newest to an address, for writing."""
        return await self._kept.latest(conversation.id, address=address)

    def tries(self, kept: OneTimeCode, conversation: Conversation, code: str) -> Verdict:
        """Try a code that is open. A wrong one counts, so the transaction must be committed."""
        kept.tries += 1
        right = hmac.compare_digest(kept.code_hash, self._hash(conversation, code))
        return Verdict(proved=right, tries_left=MOST_TRIES - kept.tries)

    def _hash(self, conversation: Conversation, code: str) -> str:
        bound = f"{conversation.id}:{self._purpose}:{code}".encode()
        return hmac.new(self._key, bound, sha256).hexdigest()


def is_open(code: OneTimeCode, at: datetime) -> bool:
    """Return whether a code may still be tried."""
    return code.used_at is None and at < code.expires_at and code.tries < MOST_TRIES


def _spans(at: datetime) -> Sequence[tuple[datetime, int]]:
    return [(at - length, most) for length, most in LIMITS]
