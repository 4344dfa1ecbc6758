"""When nothing is suggested, and what never is."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.conversations.models import Conversation
from crm_store.customers.models import Level
from crm_store.errors import UnwelcomeNow
from crm_store.insight.repository import EventRepository
from crm_store.privacy.repository import ConsentRepository
from crm_store.strategy.policies import SuggestionPolicy
from crm_store.strategy.repository import PolicyRepository
from crm_store.suggestions.manners_repository import PUT_OFF, MannersRepository
from crm_store.suggestions.names import words_of
from crm_store.suggestions.repository import SuggestionRepository
from crm_store.suggestions.wish import Wish

DAY = timedelta(days=1)


def proved(conversation: Conversation, at: datetime) -> UUID | None:
    """Return the customer, if they have proved who they are."""
    level = conversation.current_level(at)
    return conversation.customer_id if level >= Level.verified else None


async def demand_welcome(
    session: AsyncSession, conversation: Conversation, *, at: datetime, unasked: bool = False
) -> None:
    """Raise UnwelcomeNow where a suggestion would be bad manners.

    That is after a complaint in the conversation. What nobody asked for is unwelcome as well
    after a "not now" or a "no", to whoever wants no suggestions, and more often than policies say.
    """
    rules = (await PolicyRepository(session).current()).suggestions
    store = SuggestionRepository(session, conversation.language)
    if not rules.after_complaint and await store.complained_in(conversation.id):
        raise UnwelcomeNow(f"conversation {conversation.id}: a complaint")
    if unasked:
        await _demand_unasked(session, conversation, proved(conversation, at), rules, at)


async def unwelcome(session: AsyncSession, wish: Wish, customer: UUID | None) -> set[UUID]:
    """Return the products that must not be among the answers to a wish."""
    store = SuggestionRepository(session, wish.language)
    manners = MannersRepository(session)
    without = await store.unwelcome(wish.conversation, customer, shown=wish.skip_shown)
    without |= await _never_wanted(manners, wish, customer)
    if customer is None:
        return without
    without |= await manners.spoiled(customer)
    return without if wish.gift else without | await store.owned(customer)


def put_off(
    session: AsyncSession, conversation: Conversation, *, cause: UUID | None = None
) -> None:
    """Leave a conversation alone with what nobody asks for."""
    EventRepository(session).record(PUT_OFF, conversation, cause=cause)


async def _demand_unasked(
    session: AsyncSession,
    conversation: Conversation,
    customer: UUID | None,
    rules: SuggestionPolicy,
    at: datetime,
) -> None:
    store = MannersRepository(session)
    if not await _open_to_suggestions(session, customer, rules):
        raise UnwelcomeNow(f"conversation {conversation.id}: no consent")
    if await store.put_off_in(conversation.id):
        raise UnwelcomeNow(f"conversation {conversation.id}: not now")
    rest = at - timedelta(days=rules.rest_days_after_decline)
    if customer is not None and await store.declined_since(customer, rest):
        raise UnwelcomeNow(f"conversation {conversation.id}: declined not long ago")
    offered = await store.unasked_since(conversation.id, customer, at - DAY)
    if offered >= rules.most_unasked_per_day:
        raise UnwelcomeNow(f"conversation {conversation.id}: offered {offered} already")


async def _open_to_suggestions(
    session: AsyncSession, customer: UUID | None, rules: SuggestionPolicy
) -> bool:
    if customer is None:
        return not rules.opt_in
    return customer in await ConsentRepository(session).open_to_suggestions([customer])


async def _never_wanted(store: MannersRepository, wish: Wish, customer: UUID | None) -> set[UUID]:
    never = await store.dislikes(wish.conversation, customer)
    said = words_of(wish.words)
    # Whoever asks for a creator by name has changed their mind.
    creators = [name for name in never.creators if not set(words_of(name)[-1:]).intersection(said)]
    return {*never.products, *await store.made_by(creators)}
