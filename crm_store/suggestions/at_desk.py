"""What an agent may suggest to a conversation's customer, with all that led to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.conversations.models import Conversation, Message
from crm_store.conversations.repository import ConversationRepository
from crm_store.customers.models import Interest
from crm_store.errors import UnknownSuggestion, UnwelcomeNow
from crm_store.insight.repository import EventRepository
from crm_store.interests.liking import Liking
from crm_store.interests.repository import InterestRepository
from crm_store.suggestions.audience import Audience
from crm_store.suggestions.from_interests import in_words, strongest
from crm_store.suggestions.models import Place
from crm_store.suggestions.outside import looks_at
from crm_store.suggestions.repository import DeskSuggestion, SuggestionRepository
from crm_store.suggestions.service import Suggester
from crm_store.suggestions.wish import Wish

MOST = 3


@dataclass(frozen=True, slots=True)
class Ground:
    """An interest that suggestions go by, and the sentence in which it was said, if any."""

    interest: Interest
    sentence: Message | None


@dataclass(frozen=True, slots=True)
class DeskOffers:
    """What may be suggested now, and why just that, or why nothing."""

    suggestions: Sequence[DeskSuggestion]
    grounds: Sequence[Ground] = ()
    looks_at: UUID | None = None
    """The product that is gone by, where no interest is known."""
    is_unwelcome: bool = False
    """Whether it is a complaint that forbids any."""


async def desk_offers(
    session: AsyncSession, suggester: Suggester, conversation: Conversation, *, at: datetime
) -> DeskOffers:
    """Return up to three suggestions for the customer of a conversation.

    They go by what was said in it, else by what is on record of a proved customer, else by the
    product that is looked at. Looked at again, they are the same showing until there is a new
    ground.
    """
    going_by = await _going_by(session, conversation, at)
    like = None if going_by.interests else await looks_at(session, conversation, at)
    wish = Wish(
        conversation.id,
        going_by.text,
        conversation.language,
        like=like,
        interests=going_by.likings,
        place=Place.desk,
        asked=False,
    )
    store = SuggestionRepository(session, conversation.language)
    await store.hold(conversation.id)
    if not await store.shown_at_desk(wish):
        try:
            await suggester.suggest(session, wish, most=MOST, at=at)
        except UnwelcomeNow:
            return DeskOffers((), is_unwelcome=True)
        await session.flush()
    grounds = [await _ground(session, conversation, interest) for interest in going_by.interests]
    return DeskOffers(await store.shown_at_desk(wish), grounds, like)


async def put_to_customer(
    session: AsyncSession, conversation: Conversation, suggestion_id: UUID, agent_id: UUID
) -> None:
    """Write down that an agent took a suggestion into their own words.

    It raises UnknownSuggestion for one that was not shown to agents in this conversation.
    """
    shown = await SuggestionRepository(session, conversation.language).held(suggestion_id)
    if shown is None or shown.conversation_id != conversation.id:
        raise UnknownSuggestion(str(suggestion_id))
    facts = {"suggestion": str(suggestion_id), "agent": str(agent_id)}
    EventRepository(session).record("suggestion_offered_by_agent", conversation, facts)


@dataclass(frozen=True, slots=True)
class _GoingBy:
    text: str
    interests: Sequence[Interest]
    likings: tuple[Liking, ...] = ()
    """Those on record; what was said here needs none to be true."""


async def _going_by(session: AsyncSession, conversation: Conversation, at: datetime) -> _GoingBy:
    said_here = await InterestRepository(session).latest_stated(conversation.id)
    if said_here is not None:
        return _GoingBy(said_here.text, [said_here])
    customer = Audience.of(conversation, at).customer
    if customer is None:
        return _GoingBy("", ())
    likings = await strongest(session, customer, conversation.language, at=at)
    words = in_words(likings, conversation.language)
    return _GoingBy(words, [liking.interest for liking in likings], likings)


async def _ground(session: AsyncSession, conversation: Conversation, interest: Interest) -> Ground:
    if interest.message_id is None:
        return Ground(interest, None)
    said_in = interest.conversation_id or conversation.id
    sentence = await ConversationRepository(session).message_by_id(said_in, interest.message_id)
    return Ground(interest, sentence)
