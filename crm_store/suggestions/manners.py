"""When nothing is suggested, and what never is."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.conversations.models import Conversation
from crm_store.errors import UnwelcomeNow
from crm_store.insight.repository import EventRepository
from crm_store.privacy.repository import ConsentRepository
from crm_store.strategy.policies import SuggestionPolicy
from crm_store.strategy.repository import PolicyRepository
from crm_store.suggestions.audience import Audience
from crm_store.suggestions.manners_repository import PUT_OFF, MannersRepository
from crm_store.suggestions.models import DIALOGUE, Place
from crm_store.suggestions.names import words_of
from crm_store.suggestions.repository import Seen, SuggestionRepository
from crm_store.suggestions.wish import Wish

DAY = timedelta(days=1)


async def demand_welcome(
    session: AsyncSession,
    to: Audience,
    place: Place,
    rules: SuggestionPolicy,
    *,
    at: datetime,
    asked: bool = True,
) -> None:
    """Raise UnwelcomeNow where a suggestion would be bad manners.

    That is after a complaint. What nobody asked for is unwelcome as well to whoever wants no
    suggestions; and in a conversation after a "not now" or a "no", and more often than policies
    say. A page may show what goes with it each time: it interrupts nobody.
    """
    await demand_no_complaint(session, to, rules)
    if asked:
        return
    if not await _open_to_suggestions(session, to.customer, rules):
        raise UnwelcomeNow(f"{to}: no consent")
    if place in DIALOGUE and to.conversation is not None:
        await _demand_pause(session, to.conversation, to.customer, rules, at)


async def demand_no_complaint(
    session: AsyncSession, to: Audience, rules: SuggestionPolicy | None = None
) -> None:
    """Raise UnwelcomeNow after a complaint, unless policies allow suggestions then."""
    rules = rules or (await PolicyRepository(session).current()).suggestions
    if not rules.after_complaint and await MannersRepository(session).complaining(to):
        raise UnwelcomeNow(f"{to}: a complaint")


async def unwelcome(session: AsyncSession, wish: Wish, to: Audience, seen: Seen) -> set[UUID]:
    """Return the products that must not be among the answers to a wish."""
    manners = MannersRepository(session)
    without = {*seen.declined, *(seen.shown if wish.skip_shown else ())}
    without |= await _never_wanted(manners, wish, to)
    if to.customer is None:
        return without
    without |= await manners.spoiled(to.customer)
    if wish.gift:
        return without
    return without | await SuggestionRepository(session, wish.language).owned(to.customer)


def put_off(
    session: AsyncSession, conversation: Conversation, *, cause: UUID | None = None
) -> None:
    """Leave a conversation alone with what nobody asks for."""
    EventRepository(session).record(PUT_OFF, conversation, cause=cause)


async def _demand_pause(
    session: AsyncSession,
    conversation: Conversation,
    customer: UUID | None,
    rules: SuggestionPolicy,
    at: datetime,
) -> None:
    store = MannersRepository(session)
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


async def _never_wanted(store: MannersRepository, wish: Wish, to: Audience) -> set[UUID]:
    never = await store.dislikes(wish.conversation, to.customer)
    said = words_of(wish.words)
    # Whoever asks for a creator by name has changed their mind.
    creators = [name for name in never.creators if not set(words_of(name)[-1:]).intersection(said)]
    return {*never.products, *await store.made_by(creators)}
