"""How a call begins and ends."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends
from sqlalchemy.ext.asyncio import AsyncSession

from channels.phone import twiml
from channels.phone.beginning import TheBeginning
from channels.phone.callers import Callers
from channels.phone.gathering import BEGUN
from channels.phone.offers import offer
from channels.phone.parts import TheParts
from channels.phone.webhooks import Ringing
from channels.phone.wording import say
from channels.turn import owe_opening
from crm_store.base import Language, utc_now
from crm_store.calls.repository import CallRepository
from crm_store.calls.service import KnownCaller, hang_up, known_caller, note_claim
from crm_store.conversations.models import Channel, Conversation, ConversationRef, Turn
from crm_store.conversations.replies import GREETED, write_reply
from crm_store.conversations.repository import ConversationRepository
from crm_store.passages.models import PassageKind
from crm_store.passages.repository import PassageRepository
from crm_store.strategy.repository import PolicyRepository


class Line:
    """Answers Twilio's questions about calls; the same question always gets the same answer."""

    def __init__(self, parts: TheParts, beginning: TheBeginning) -> None:
        self._turns = parts.turns
        self._sessions = parts.sessions
        self._hub = parts.hub
        self._callers = Callers(parts.settings.rapport_secret.get_secret_value())
        self._beginning = beginning

    async def begin(self, call: Ringing, line_language: Language) -> str:
        """Greet a caller at once, in their own language if we know whose number it is.

        The assistant learns afterwards what they were told, and has its say from there on.
        """
        async with self._sessions.begin() as session:
            caller = await known_caller(session, call.from_)
            language = line_language if caller is None else caller.language
            ref = ConversationRef(Channel.phone, call.call_sid)
            # Two deliveries may come at once; the second waits here, and then sees the first.
            conversation = await ConversationRepository(session).start(ref, language)
            if conversation.last_seq > 0:
                before = await CallRepository(session).answered(call.call_sid, BEGUN)
                return before or twiml.hang_up()
            # All of it is written at once, when it is complete.
            with session.no_autoflush:
                self._note(conversation, number=call.from_, caller=caller)
                answer, opening = await self._greet(session, conversation)
        self._turns.begin(opening)
        return answer

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

    async def _greet(self, session: AsyncSession, conversation: Conversation) -> tuple[str, Turn]:
        words = await _first_words(session, conversation.language)
        opening = await owe_opening(session, conversation, facts={GREETED: words})
        greeted = write_reply(session, conversation, opening, words)
        await offer(session, conversation)
        answer = await self._beginning.greet(
            session, conversation, greeting=words, position=greeted.seq
        )
        return answer, opening


TheLine = Annotated[Line, Depends()]


async def _first_words(session: AsyncSession, language: Language) -> str:
    """Return what a caller hears first, a word about codes included where there are any."""
    policies = await PolicyRepository(session).current()
    shops_own = policies.greeting.said(language)
    words = say("greeting", language, shop=policies.shop.name, greeting=shops_own)
    if not await PassageRepository(session).any_open(PassageKind.code, at=utc_now()):
        return words
    return f"{words} {say('code_from_chat', language)}"
