"""What an agent may suggest to a conversation's customer, with all that led to it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.base import Language
from crm_store.conversations.models import Conversation, Message
from crm_store.conversations.repository import ConversationRepository
from crm_store.customers.models import Interest
from crm_store.db import SessionFactory
from crm_store.errors import AlreadyDecided, UnknownSuggestion, UnwelcomeNow
from crm_store.insight.repository import EventRepository
from crm_store.interests.liking import Liking
from crm_store.interests.repository import InterestRepository
from crm_store.suggestions.audience import Audience
from crm_store.suggestions.from_interests import in_words, strongest
from crm_store.suggestions.models import Outcome, Place, Suggestion
from crm_store.suggestions.outside import looks_at
from crm_store.suggestions.repository import DeskSuggestion, SuggestionRepository
from crm_store.suggestions.service import Suggester
from crm_store.suggestions.wish import Wish

MOST = 3
OFFERED = "suggestion_offered_by_agent"


@dataclass(frozen=True, slots=True)
class Ground:
    """An interest that suggestions go by, and the sentence in which it was said, if any."""

    interest: Interest
    sentence: Message | None


@dataclass(frozen=True, slots=True)
class DeskOffers:
    """What may be suggested now, and why just that, or why nothing."""

    suggestions: Sequence[DeskSuggestion]
    language: Language
    """The customer's."""
    grounds: Sequence[Ground] = ()
    offered: Collection[UUID] = ()
    """Which of them an agent has taken into their words."""
    looks_at: UUID | None = None
    """The product that is gone by, where no interest is known."""
    is_unwelcome: bool = False
    """Whether it is a complaint that forbids any."""


async def desk_offers(
    sessions: SessionFactory, suggester: Suggester, conversation_id: UUID, *, at: datetime
) -> DeskOffers:
    """Return up to three suggestions for the customer of a conversation.

    They go by what was said in it, else by what is on record of a proved customer, else by the
    product that is looked at. Looked at again, they are the same showing until there is a new
    ground.
    """
    async with sessions.begin() as session:
        conversation = await ConversationRepository(session).get(conversation_id)
        going_by = await _going_by(session, conversation, at)
        shown = await _shown(session, going_by)
    if shown.suggestions:
        return shown
    asked = await suggester.understand(going_by.wish)
    async with sessions.begin() as session:
        # Another agent may be looking just now: theirs is the same showing.
        await SuggestionRepository(session, going_by.wish.language).hold(conversation_id)
        if not (await _shown(session, going_by)).suggestions:
            try:
                await suggester.suggest(session, asked, most=MOST, at=at)
            except UnwelcomeNow:
                return DeskOffers((), going_by.wish.language, is_unwelcome=True)
            await session.flush()
        return await _shown(session, going_by)


async def put_to_customer(
    session: AsyncSession, conversation: Conversation, suggestion_id: UUID, agent_id: UUID
) -> None:
    """Write down that an agent took a suggestion into their own words.

    It raises UnknownSuggestion for one that was not shown to agents in this conversation.
    """
    await _shown_here(session, conversation, suggestion_id)
    facts = {"suggestion": str(suggestion_id), "agent": str(agent_id)}
    EventRepository(session).record(OFFERED, conversation, facts)


async def heard_of(
    session: AsyncSession,
    conversation: Conversation,
    suggestion_id: UUID,
    outcome: Outcome,
    agent_id: UUID,
    *,
    at: datetime,
) -> None:
    """Write down what the customer told the agent of a suggestion; the last word counts.

    It raises UnknownSuggestion as `put_to_customer` does, and AlreadyDecided for what is bought.
    """
    shown = await _shown_here(session, conversation, suggestion_id)
    if shown.outcome is Outcome.bought:
        raise AlreadyDecided(str(suggestion_id))
    shown.outcome, shown.decided_at = outcome, at
    facts = {"suggestion": str(suggestion_id), "agent": str(agent_id)}
    EventRepository(session).record(f"suggestion_{outcome.value}", conversation, facts)


async def _shown_here(
    session: AsyncSession, conversation: Conversation, suggestion_id: UUID
) -> Suggestion:
    shown = await SuggestionRepository(session, conversation.language).held(suggestion_id)
    if shown is None or shown.conversation_id != conversation.id:
        raise UnknownSuggestion(str(suggestion_id))
    return shown


@dataclass(frozen=True, slots=True)
class _GoingBy:
    conversation: Conversation
    wish: Wish
    grounds: Sequence[Ground] = ()


async def _going_by(session: AsyncSession, conversation: Conversation, at: datetime) -> _GoingBy:
    interests, likings = await _known(session, conversation, at)
    words = in_words(likings, conversation.language) or " ".join(one.text for one in interests)
    wish = Wish(
        conversation.id,
        words,
        conversation.language,
        like=None if interests else await looks_at(session, conversation, at),
        interests=likings,
        place=Place.desk,
        asked=False,
    )
    return _GoingBy(
        conversation, wish, [await _ground(session, conversation, one) for one in interests]
    )


async def _known(
    session: AsyncSession, conversation: Conversation, at: datetime
) -> tuple[Sequence[Interest], tuple[Liking, ...]]:
    """Return interests to go by; what was said here needs no liking on record to be true."""
    said_here = await InterestRepository(session).latest_stated(conversation.id)
    if said_here is not None:
        return [said_here], ()
    customer = Audience.of(conversation, at).customer
    if customer is None:
        return (), ()
    likings = await strongest(session, customer, conversation.language, at=at)
    return [liking.interest for liking in likings], likings


async def _ground(session: AsyncSession, conversation: Conversation, interest: Interest) -> Ground:
    if interest.message_id is None:
        return Ground(interest, None)
    said_in = interest.conversation_id or conversation.id
    sentence = await ConversationRepository(session).message_by_id(said_in, interest.message_id)
    return Ground(interest, sentence)


async def _shown(session: AsyncSession, going_by: _GoingBy) -> DeskOffers:
    wish = going_by.wish
    shown = await SuggestionRepository(session, wish.language).shown_at_desk(wish)
    offered = await _offered(session, going_by.conversation)
    return DeskOffers(shown, wish.language, going_by.grounds, offered, wish.like)


async def _offered(session: AsyncSession, conversation: Conversation) -> set[UUID]:
    since = conversation.created_at
    events = await EventRepository(session).of_kinds([OFFERED], conversation, since=since)
    return {UUID(event.facts["suggestion"]) for event in events}
