"""What the browser says to us."""

import re
from dataclasses import dataclass
from uuid import UUID

from channels.hub import Hub
from channels.messages import Choice, InboundMessage
from channels.turn import Turns
from channels.web_chat import wording
from channels.web_chat.by_phone import ByPhone
from channels.web_chat.frames import (
    LONGEST_TEXT,
    AskForPhone,
    CallOff,
    ChangeLanguage,
    Choose,
    Frame,
    Hello,
    Rate,
    Say,
    Typing,
    refusal,
)
from channels.web_chat.pace import Pace
from crm_store.base import Json, Language, utc_now
from crm_store.conversations.models import Author, Kind
from crm_store.conversations.rating import ask_rating, rate
from crm_store.conversations.repository import ConversationRepository
from crm_store.db import SessionFactory
from crm_store.errors import SameIdOtherWords, UnknownChoice, WrongHandler
from crm_store.handoffs.waiting_on import call_off

CODE = re.compile(r"\s*\d{3}\s?\d{3}\s*")
MASK = "••••••"


@dataclass(slots=True)
class Visitor:
    """The customer at one socket."""

    conversation: UUID
    language: Language
    pace: Pace


class Listener:
    """Takes a browser's frames, and says what becomes of each."""

    def __init__(
        self,
        visitor: Visitor,
        *,
        turns: Turns,
        sessions: SessionFactory,
        hub: Hub,
        phone: ByPhone,
    ) -> None:
        self._phone = phone
        self._visitor = visitor
        self._turns = turns
        self._sessions = sessions
        self._hub = hub

    async def hear(self, frame: Frame) -> Json | None:
        """Return the acknowledgement or refusal of one frame; None where none is due."""
        match frame:
            case Say():
                return await self._say(frame)
            case Choose():
                return await self._choose(frame)
            case ChangeLanguage():
                await self._change_language(frame.language)
            case Rate():
                await self._rate(frame.stars)
            case Typing():
                self._hub.tell(self._visitor.conversation, "typing:customer")
            case CallOff():
                await self._call_off()
            case AskForPhone():
                return await self._phone.code_for(self._visitor.conversation)
            case Hello():
                pass
        return None

    async def _say(self, frame: Say) -> Json:
        if not frame.text.strip():
            return refusal(frame.id, "empty", wording.EMPTY[self._visitor.language])
        if len(frame.text) > LONGEST_TEXT:
            return refusal(frame.id, "too_long", wording.TOO_LONG[self._visitor.language])
        masked = MASK if CODE.fullmatch(frame.text) else None
        return await self._take(
            InboundMessage(self._visitor.conversation, frame.text, str(frame.id), masked=masked)
        )

    async def _choose(self, frame: Choose) -> Json:
        try:
            choice = await self._offered(frame)
        except UnknownChoice:
            return refusal(
                frame.id, "no_such_choice", wording.NO_SUCH_CHOICE[self._visitor.language]
            )
        return await self._take(
            InboundMessage(
                self._visitor.conversation,
                choice.title,
                str(frame.id),
                kind=Kind.chosen,
                choice=choice,
            )
        )

    async def _offered(self, frame: Choose) -> Choice:
        async with self._sessions() as session:
            message = await ConversationRepository(session).message(
                self._visitor.conversation, frame.seq
            )
        if (
            message is None
            or message.author is not Author.bot
            or frame.choice >= len(message.choices)
        ):
            raise UnknownChoice(str(frame.seq))
        return Choice(**message.choices[frame.choice])

    async def _take(self, message: InboundMessage) -> Json:
        said = self._visitor.language
        if not self._visitor.pace.allows():
            return refusal(message.client_id, "too_many", wording.TOO_MANY[said])
        try:
            receipt = await self._turns.take(message)
        except WrongHandler:
            return refusal(message.client_id, "closed", wording.CLOSED[said])
        except SameIdOtherWords:
            return refusal(message.client_id, "same_id_other_words", wording.OTHER_WORDS[said])
        return {"type": "ack", "id": message.client_id, "seq": receipt.seq}

    async def _rate(self, stars: int) -> None:
        conversation, at = self._visitor.conversation, utc_now()
        async with self._sessions.begin() as session:
            if stars:
                await rate(session, conversation, stars, at=at)
            else:
                await ask_rating(session, conversation, at=at)
        self._hub.tell(conversation)

    async def _call_off(self) -> None:
        conversation = self._visitor.conversation
        async with self._sessions.begin() as session:
            called_off = await call_off(session, conversation)
        if called_off:
            self._turns.kick(conversation)
            self._hub.moved(conversation)

    async def _change_language(self, language: Language) -> None:
        self._visitor.language = language
        async with self._sessions.begin() as session:
            conversation = await ConversationRepository(session).lock(self._visitor.conversation)
            conversation.language = language
