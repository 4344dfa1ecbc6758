"""From the chat to the phone: four digits, shown in the chat and keyed in on the phone."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.calls.service import note_claim_of, part
from crm_store.conversations.models import Channel, Conversation, Handler
from crm_store.conversations.repository import ConversationRepository
from crm_store.errors import NotInChat, TooManyPassages
from crm_store.passages.models import Passage, PassageKind, WrongCode
from crm_store.passages.moving import note_move
from crm_store.passages.repository import PassageRepository
from crm_store.passages.secrets import hashed, new_code
from crm_store.recordings.repository import RecordingRepository

VALID_FOR: Final = timedelta(minutes=5)
HOUR: Final = timedelta(hours=1)
MOST_CODES: Final = 10
"""In one conversation within an hour."""
MOST_WRONG_IN_CALL: Final = 3
MOST_WRONG_FROM_NUMBER: Final = 5
MOST_WRONG_AT_ALL: Final = 20
"""On the line within an hour: beyond it somebody is guessing, and no code is taken."""
WITHHELD: Final = "withheld"
JOINED: Final = "joined"
"""The outcome of what was begun in a call before it went on with a chat."""


@dataclass(frozen=True, slots=True)
class Code:
    """What a customer is shown to key in."""

    digits: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Entry:
    """What came of a code that was keyed in."""

    conversation: Conversation | None
    """The one that the call goes on with, if the code was right."""
    tries_left: int
    """In this call, if it was wrong."""


class PhoneCodes:
    """Makes codes and takes them, in the session it is given."""

    def __init__(self, session: AsyncSession, key: bytes) -> None:
        self._session = session
        self._key = key
        self._kept = PassageRepository(session)

    async def make(self, conversation: Conversation, *, at: datetime) -> Code:
        """Return a new code for a locked conversation; it takes the place of one before.

        It raises NotInChat where nobody is writing, and TooManyPassages.
        """
        if conversation.medium is not Channel.chat or conversation.handler is Handler.closed:
            raise NotInChat(str(conversation.id))
        await self._kept.hold()
        code, since = PassageKind.code, at - HOUR
        if await self._kept.made_in(conversation.id, code, since=since) >= MOST_CODES:
            raise TooManyPassages(str(conversation.id))
        await self._kept.close_others(conversation.id, code, at=at)
        digits = await self._unused(at)
        passage = Passage(
            created_at=at,
            conversation_id=conversation.id,
            kind=code,
            secret_hash=hashed(digits, self._key),
            expires_at=at + VALID_FOR,
        )
        self._kept.add(passage)
        return Code(digits, passage.expires_at)

    async def enter(self, caller: Conversation, digits: str, *, entry: str, at: datetime) -> Entry:
        """Take a code from a call, which then goes on with the code's conversation.

        `caller` is the locked conversation that the call has held so far. A wrong code counts once
        for each entry, so the transaction must be committed either way.
        """
        await self._kept.hold()
        left = await self._tries_left(caller, at)
        if await self._kept.is_counted(entry):
            return Entry(None, left)
        passage = await self._passage(digits, at) if left > 0 else None
        conversation = None if passage is None else await self._awaiting(passage)
        if passage is None or conversation is None or caller.call is None:
            return self._refused(caller, left, entry, at)
        passage.used_at, passage.used_by = at, caller.call
        await self._join(caller, conversation, at)
        return Entry(conversation, left)

    async def _unused(self, at: datetime) -> str:
        while True:
            digits = new_code()
            if await self._passage(digits, at) is None:
                return digits

    async def _passage(self, digits: str, at: datetime) -> Passage | None:
        return await self._kept.open(PassageKind.code, hashed(digits, self._key), at=at)

    async def _awaiting(self, passage: Passage) -> Conversation | None:
        conversation = await ConversationRepository(self._session).lock(passage.conversation_id)
        return None if conversation.handler is Handler.closed else conversation

    async def _tries_left(self, caller: Conversation, at: datetime) -> int:
        since = at - HOUR
        number = caller.caller_hash or WITHHELD
        return min(
            MOST_WRONG_IN_CALL - await self._kept.wrong_in(caller.id),
            MOST_WRONG_FROM_NUMBER - await self._kept.wrong_from(number, since=since),
            MOST_WRONG_AT_ALL - await self._kept.wrong_at_all(since=since),
        )

    def _refused(self, caller: Conversation, left: int, entry: str, at: datetime) -> Entry:
        if left <= 0:
            return Entry(None, 0)
        wrong = WrongCode(
            created_at=at,
            conversation_id=caller.id,
            caller=caller.caller_hash or WITHHELD,
            entry=entry,
        )
        self._kept.add_wrong(wrong)
        return Entry(None, left - 1)

    async def _join(self, caller: Conversation, conversation: Conversation, at: datetime) -> None:
        call, number = caller.call, caller.caller_number
        await part(self._session, caller, JOINED, at=at)
        # Two conversations never hold one call, not even within a transaction.
        await self._session.flush()
        if call is not None:
            conversation.take_call(call, at)
            await RecordingRepository(self._session).move(call, conversation.id)
        conversation.caller_number = number
        note_claim_of(conversation, caller, at)
        await note_move(self._session, conversation)
