"""What has come since a caller was last told anything, and what they hear of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from channels.phone.speech import speakable, spoken
from channels.phone.wording import OTHER, Foreign, Sentence, say
from crm_store.base import Language
from crm_store.conversations.models import Author, Channel, Conversation, Handler, Kind, Message
from crm_store.conversations.repository import ConversationRepository
from crm_store.handoffs.service import waiting_of
from crm_store.handoffs.waiting import Waiting
from crm_store.legs.repository import LegRepository

SAID_BY_THE_LINE = {
    Kind.language_offered,
    Kind.recording_asked,
    Kind.recording_allowed,
    Kind.recording_refused,
    Kind.keys_wanted,
}
"""The steps that the caller is told of, and then may speak."""
_SENTENCES = {
    Kind.handed_off: "holding",
    Kind.lapsed: "lapsed",
    Kind.requeued: "requeued",
    Kind.recording_asked: "may_record",
    Kind.recording_allowed: "recording_allowed",
    Kind.recording_refused: "recording_refused",
    Kind.keys_wanted: "keys_wanted",
}
"""What is said of a step."""


@dataclass(frozen=True, slots=True)
class News:
    """A conversation, and its messages after the last that the caller was told."""

    conversation: Conversation
    messages: Sequence[Message]
    names: dict[UUID | None, str]
    room: str | None = None
    """Where an agent waits to speak with the caller themself."""
    waiting: Waiting | None = None
    """How far the caller has come in the queue, if they are in it."""

    def told(self, message: Message) -> Sentence:
        """Return what the caller hears of a message or step; often nothing."""
        language = self.conversation.language
        if message.kind is Kind.language_offered:
            return Foreign(say("offer", OTHER[language]), OTHER[language])
        if message.kind is Kind.moved:
            return moved(self.conversation, Channel(message.text), self.names)
        if message.kind is Kind.handed_off and self.waiting is not None:
            return f"{say('holding', language)} {self.patience}"
        return told(message, self.names.get(message.agent_id), language)

    @property
    def patience(self) -> str:
        """What somebody in the queue is told of their place, and of the time as far as known."""
        language, waiting = self.conversation.language, self.waiting
        if waiting is None:
            return ""
        return " ".join(filter(None, [_place(waiting, language), _minutes(waiting, language)]))


def told(message: Message, agent: str | None, language: Language) -> str:
    """Return what is said of a message, by an agent of this name if it is one's."""
    match (message.author, message.kind):
        case (Author.bot, _):
            return spoken(message, language)
        case (Author.agent, Kind.said):
            return speakable(message.text)
        case (Author.system, kind) if kind in _SENTENCES:
            return say(_SENTENCES[kind], language)
        case (Author.system, Kind.claimed) if agent:
            return say("claimed", language, agent=speakable(agent))
        case (Author.system, Kind.claimed):
            return say("claimed_nameless", language)
        case (Author.system, Kind.transferred) if agent:
            return say("claimed", language, agent=speakable(agent))
        case (Author.system, Kind.connected):
            return say("connecting", language)
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
    return News(
        conversation,
        messages,
        names,
        room=await LegRepository(session).open_room(conversation),
        waiting=await waiting_of(session, conversation),
    )


def _place(waiting: Waiting, language: Language) -> str:
    if waiting.place == 1:
        return say("holding_next", language)
    return say("holding_place", language, place=str(waiting.place))


def _minutes(waiting: Waiting, language: Language) -> str:
    match waiting.minutes:
        case None:
            return ""
        case 1:
            return say("holding_minute", language)
        case minutes:
            return say("holding_wait", language, minutes=str(minutes))
