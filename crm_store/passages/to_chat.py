"""From the phone to the chat: a link, sent as a text and opened in a browser."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.callbacks.numbers import is_textable
from crm_store.calls.service import HUNG_UP
from crm_store.conversations.models import Channel, Conversation, Handler
from crm_store.conversations.repository import ConversationRepository
from crm_store.customers.contacts import Contact
from crm_store.customers.models import ContactKind, Level
from crm_store.customers.repository import ClaimRepository
from crm_store.errors import NoPassage, TooManyPassages
from crm_store.outbox.repository import OutboxRepository
from crm_store.passages.models import Passage, PassageKind
from crm_store.passages.moving import note_arrival, note_move
from crm_store.passages.repository import PassageRepository
from crm_store.passages.secrets import hashed, new_token

VALID_FOR: Final = timedelta(minutes=15)
LIMITS: Final = ((timedelta(hours=1), 3), (timedelta(days=1), 10))
"""How many links go to one number in how long, whoever says to call from it."""


class ChatLinks:
    """Sends links and opens them, in the session it is given."""

    def __init__(self, session: AsyncSession, key: bytes) -> None:
        self._session = session
        self._key = key
        self._kept = PassageRepository(session)

    async def number_for(self, conversation: Conversation, *, at: datetime) -> str | None:
        """Return where a link to this conversation may go: never to a number that is told.

        It is the number that somebody calls from. Once the customer has been proved, what was said
        is theirs, and the link goes to a number that has long been on file for them, or nowhere.
        """
        caller = conversation.caller_number
        if conversation.level < Level.verified:
            return caller if caller is not None and is_textable(caller) else None
        on_file = await self._on_file(conversation, at)
        return caller if caller in on_file else next(iter(on_file), None)

    async def send(self, conversation: Conversation, *, words: str, page: str, at: datetime) -> str:
        """Have a link sent, and return the number; `words` has `{link}`, `page` is the chat's.

        It raises NoPassage where there is no number for it, and TooManyPassages.
        """
        number = await self.number_for(conversation, at=at)
        if number is None:
            raise NoPassage(str(conversation.id))
        await self._demand_pace(number, conversation, at)
        token = new_token()
        self._kept.add(
            Passage(
                created_at=at,
                conversation_id=conversation.id,
                kind=PassageKind.link,
                secret_hash=hashed(token, self._key),
                number=number,
                expires_at=at + VALID_FOR,
            )
        )
        # Behind the hash it is told to no server and kept in no log.
        text = words.replace("{link}", f"{page}#rapport={token}")
        OutboxRepository(self._session).write_to(Contact.phone(number), conversation, text, at=at)
        return number

    async def open(self, token: str, visitor: str, *, at: datetime) -> Conversation:
        """Let a browser into the conversation of a link, or raise NoPassage; once."""
        kept = hashed(token, self._key)
        passage = await self._kept.open(PassageKind.link, kept, at=at)
        if passage is None:
            return await self._opened_before(kept, visitor)
        conversation = await ConversationRepository(self._session).lock(passage.conversation_id)
        if not await self._may_be_read(conversation, passage, at):
            raise NoPassage(str(conversation.id))
        passage.used_at, passage.used_by = at, visitor
        await self._let_in(conversation, visitor, at)
        return conversation

    async def _opened_before(self, kept: str, visitor: str) -> Conversation:
        passage = await self._kept.used_by(PassageKind.link, kept, visitor)
        if passage is None:
            raise NoPassage
        return await ConversationRepository(self._session).get(passage.conversation_id)

    async def _may_be_read(
        self, conversation: Conversation, passage: Passage, at: datetime
    ) -> bool:
        """Return whether what has been said since the link was sent may be read there."""
        if conversation.handler is Handler.closed and conversation.outcome != HUNG_UP:
            return False
        proved = conversation.level >= Level.verified
        return not proved or passage.number in await self._on_file(conversation, at)

    async def _let_in(self, conversation: Conversation, visitor: str, at: datetime) -> None:
        conversation.visitor, conversation.visited_at = visitor, at
        if conversation.handler is Handler.closed:
            conversation.reopen()
        if conversation.medium is Channel.chat:
            await note_move(self._session, conversation)
        else:
            note_arrival(self._session, conversation, Channel.chat)

    async def _on_file(self, conversation: Conversation, at: datetime) -> Sequence[str]:
        if conversation.customer_id is None:
            return ()
        contacts = await ClaimRepository(self._session).contacts(conversation.customer_id)
        return [
            contact.value
            for contact in contacts
            if contact.kind is ContactKind.phone
            and contact.may_get_codes(at)
            and is_textable(contact.value)
        ]

    async def _demand_pace(self, number: str, conversation: Conversation, at: datetime) -> None:
        await self._kept.hold()
        for length, most in LIMITS:
            if await self._kept.sent_to(number, since=at - length) >= most:
                raise TooManyPassages(str(conversation.id))
