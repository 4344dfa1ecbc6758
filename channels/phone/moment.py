"""Where a conversation stands when its caller does something, and what they mean by it then."""

from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from channels.messages import Choice, InboundMessage
from channels.phone.keys import (
    LANGUAGE_KEY,
    Allowed,
    Chosen,
    Digits,
    Expected,
    OtherLanguage,
    Person,
)
from channels.phone.wording import OTHER, say
from crm_store.base import Json
from crm_store.conversations.models import Channel, Conversation, Handler, Kind, Message
from crm_store.conversations.repository import ConversationRepository
from crm_store.conversations.secrets import asks_for_secret
from crm_store.recordings.repository import RecordingRepository

LONGEST_TEXT = 4000
ASK_PERSON = "ask_person"
"""The intent of a caller who presses 0, as the assistant names it."""
CHANGE_LANGUAGE, TARGET = "change_language", "target_language"
"""The intent of a caller who wants the other language, and what it names, likewise."""
NUMBERS_ASKED_FOR = frozenset({"claim", "code"})
"""The questions that are answered by digits, as the assistant names them."""
HAS_CHAT_CODE = "has_chat_code"
"""The slot that tells that the caller has said so."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A conversation, and the assistant's last words if they offered answers."""

    conversation: Conversation
    offer: Message | None
    asked: bool = False
    """Whether the caller has not answered yet if the call may be recorded."""
    silent: bool = False
    """Whether the caller has done nothing yet."""

    @property
    def expected(self) -> Expected:
        """What keys can mean now."""
        if self.conversation.handler is not Handler.bot:
            return Expected(number=True)
        slots = self.conversation.slots
        choices = len(self.offer.choices) if self.offer is not None else 0
        return Expected(
            choices=choices,
            permission=self.asked,
            # It was offered in the greeting; later it gives way to an answer on offer.
            other_language=self.silent or choices < int(LANGUAGE_KEY),
            number=asks_for_number(slots),
            code=asks_for_secret(slots),
            may_join=has_chat_code(slots) or self.silent,
            joins=has_chat_code(slots),
        )

    def keyed(
        self, meaning: Digits | Chosen | Person | Allowed | OtherLanguage
    ) -> InboundMessage | None:
        """Return the message of somebody who pressed keys; None for an answer not on offer."""
        match meaning:
            case Digits():
                masked = meaning.shown if meaning.secret else None
                return InboundMessage(self.conversation.id, meaning.digits, masked=masked)
            case Person():
                title = say("person", self.conversation.language)
                return self._chosen(Choice(title, ASK_PERSON))
            case Allowed():
                yes = say("yes", self.conversation.language)
                return InboundMessage(self.conversation.id, yes, kind=Kind.chosen)
            case OtherLanguage():
                other = OTHER[self.conversation.language]
                wish = Choice(say("its_name", other), CHANGE_LANGUAGE, {TARGET: other.value})
                return replace(self._chosen(wish), language=other)
            case Chosen():
                choices = [] if self.offer is None else self.offer.choices
                if meaning.index < len(choices):
                    return self._chosen(Choice(**choices[meaning.index]))
                return None

    def _chosen(self, choice: Choice) -> InboundMessage:
        return InboundMessage(self.conversation.id, choice.title, kind=Kind.chosen, choice=choice)


def has_chat_code(slots: Json) -> bool:
    """Return whether the caller has said that they have a code from the chat."""
    return bool(slots.get(HAS_CHAT_CODE))


def asks_for_number(slots: Json) -> bool:
    """Return whether a number was asked for, which may begin with any digit."""
    awaits = slots.get("awaits") or {}
    asked_for = slots.get("requested_slot") in NUMBERS_ASKED_FOR
    return has_chat_code(slots) or asked_for or bool(awaits.get("digits"))


def said(conversation: UUID, words: str) -> InboundMessage | None:
    """Return the message of somebody who spoke; None where nothing was recognised."""
    text = words.strip()[:LONGEST_TEXT]
    return InboundMessage(conversation, text) if text else None


async def moment_of(session: AsyncSession, conversation_id: UUID) -> Moment:
    """Return where a conversation stands now."""
    conversations = ConversationRepository(session)
    conversation = await conversations.get(conversation_id)
    return Moment(
        conversation,
        await conversations.latest_choices(conversation_id),
        asked=await RecordingRepository(session).question(conversation_id) is not None,
        # Whoever has come from a chat, or talks already, keys in other numbers.
        silent=conversation.channel is Channel.phone
        and not await conversations.has_heard(conversation_id),
    )
