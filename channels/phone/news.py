"""What has come since a caller was last told anything, and what they hear of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from channels.phone.speech import speakable, spoken
from channels.phone.wording import say
from crm_store.base import Language
from crm_store.conversations.models import Author, Channel, Conversation, Handler, Kind, Message
from crm_store.conversations.repository import ConversationRepository


@dataclass(frozen=True, slots=True)
class News:
    """A conversation, and its messages after the last that the caller was told."""

    conversation: Conversation
    messages: Sequence[Message]
    names: dict[UUID | None, str]

    def told(self, message: Message) -> str:
        """Return what the caller hears of a message or step; often nothing."""
        if message.kind is Kind.moved:
            return moved(self.conversation, Channel(message.text), self.names)
        return told(message, self.names.get(message.agent_id), self.conversation.language)


def told(message: Message, agent: str | None, language: Language) -> str:
    """Return what is said of a message, by an agent of this name if it is one's."""
    match (message.author, message.kind):
        case (Author.bot, _):
            return spoken(message, language)
        case (Author.agent, Kind.said):
            return speakable(message.text)
        case (Author.system, Kind.handed_off):
            return say("holding", language)
        case (Author.system, Kind.claimed) if agent:
            return say("claimed", language, agent=speakable(agent))
        case (Author.system, Kind.claimed):
            return say("claimed_nameless", language)
        case _:
            return ""


def moved(conversation: Conversation, to: Channel, names: Mapping[UUID | None, str]) -> str:
    """Return what is said of a conversation that can be followed in a channel from now on."""
    language = conversation.language
    if to is Channel.chat:
        return say("read_along", language)
    welcome = say("come_from_chat", language)
    match conversation.handler:
        case Handler.queue:
            return f"{welcome} {say('holding', language)}"
        case Handler.agent:
            agent = speakable(names.get(conversation.agent_id) or "")
            with_whom = say("claimed", language, agent=agent) if agent else ""
            return f"{welcome} {with_whom or say('claimed_nameless', language)}"
        case _:
            return welcome


async def news_of(session: AsyncSession, conversation_id: UUID, *, after: int) -> News:
    """Return what has come after a number."""
    conversations = ConversationRepository(session)
    messages = await conversations.since(conversation_id, after)
    conversation = await conversations.get(conversation_id)
    agents = [conversation.agent_id, *(message.agent_id for message in messages)]
    names = await conversations.agent_names(agents)
    return News(conversation, messages, names)
