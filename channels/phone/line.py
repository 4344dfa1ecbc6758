"""How a call begins and ends."""

from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import Depends
from sqlalchemy.ext.asyncio import AsyncSession

from channels.phone.beginning import TheBeginning
from channels.phone.callers import Callers
from channels.phone.gathering import BEGUN
from channels.phone.offers import offer
from channels.phone.parts import TheParts
from channels.phone.speech import spoken
from channels.phone.webhooks import Ringing
from channels.phone.wording import say
from crm_store.base import Language, utc_now
from crm_store.calls.repository import CallRepository
from crm_store.calls.service import KnownCaller, hang_up, known_caller, note_claim
from crm_store.conversations.models import Author, Channel, Conversation, ConversationRef, Handler
from crm_store.conversations.repository import ConversationRepository
from crm_store.db import at_once
from crm_store.passages.models import PassageKind
from crm_store.passages.repository import PassageRepository

BEGINNING = 1
"""The number of the message that opens a conversation."""


class Line:
    """Answers Twilio's questions about calls; the same question always gets the same answer."""

    def __init__(self, parts: TheParts, beginning: TheBeginning) -> None:
        self._patience = parts.patience
        self._turns = parts.turns
        self._sessions = parts.sessions
        self._hub = parts.hub
        self._callers = Callers(parts.settings.rapport_secret.get_secret_value())
        self._beginning = beginning

    async def begin(self, call: Ringing, line_language: Language) -> str:
        """Greet a caller, in their own language if we know whose number it is."""
        async with at_once(self._sessions) as session:
            before = await CallRepository(session).answered(call.call_sid, BEGUN)
            caller = await known_caller(session, call.from_)
        if before is not None:
            return before
        ref = ConversationRef(Channel.phone, call.call_sid)
        language = line_language if caller is None else caller.language
        note = partial(self._note, number=call.from_, caller=caller)
        conversation_id = await self._turns.open(ref, language, note=note)
        await self._turns.settled(conversation_id, BEGINNING, at_most=self._patience.greeting)
        async with self._sessions.begin() as session:
            conversation = await ConversationRepository(session).lock(conversation_id)
            # Two deliveries may come at once; the lock lets the second see the first.
            before = await CallRepository(session).answered(call.call_sid, BEGUN)
            return before or await self._greet(session, conversation)

    async def end(self, call_sid: str) -> UUID | None:
        """Note that the caller is gone; whoever had the conversation learns of it.

        It returns the conversation, unless that had ended before or has never begun.
        """
        async with self._sessions.begin() as session:
            conversation = await ConversationRepository(session).held_by(call_sid)
            if conversation is None or not await hang_up(session, conversation.id):
                return None
        self._hub.moved(conversation.id)
        return conversation.id

    def _note(self, conversation: Conversation, *, number: str, caller: KnownCaller | None) -> None:
        conversation.caller_hash = self._callers.hashed(number)
        conversation.caller_number = number if conversation.caller_hash else None
        if caller is not None:
            note_claim(conversation, caller)

    async def _greet(self, session: AsyncSession, conversation: Conversation) -> str:
        greeting, position = await _first_words(ConversationRepository(session), conversation)
        if await PassageRepository(session).any_open(PassageKind.code, at=utc_now()):
            greeting = f"{greeting} {say('code_from_chat', conversation.language)}"
        await offer(session, conversation)
        return await self._beginning.greet(
            session, conversation, greeting=greeting, position=position
        )


TheLine = Annotated[Line, Depends()]


async def _first_words(
    conversations: ConversationRepository, conversation: Conversation
) -> tuple[str, int]:
    """Return what the caller hears first, and the number of the last message that is in it.

    A silent assistant is covered for honestly; what it says later is spoken then.
    """
    messages = await conversations.since(conversation.id, 0)
    said = [message for message in messages if message.author is Author.bot]
    if not said or conversation.handler is not Handler.bot:
        return say("greeting", conversation.language), BEGINNING
    words = " ".join(spoken(message, conversation.language) for message in said)
    return words, messages[-1].seq
