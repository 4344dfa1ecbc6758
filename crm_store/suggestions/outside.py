"""What happens outside conversations: products are looked at, and other programs ask."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.base import Language, utc_now
from crm_store.catalogue.models import Product
from crm_store.catalogue.repository import CatalogueRepository
from crm_store.conversations.models import Conversation
from crm_store.customers.models import InterestSource
from crm_store.errors import AlreadyDecided, ProductNotFound, UnknownSuggestion
from crm_store.insight.repository import VIEWED, EventRepository
from crm_store.interests.learning import observe
from crm_store.strategy.repository import PolicyRepository
from crm_store.suggestions.audience import Audience
from crm_store.suggestions.candidates import Candidate
from crm_store.suggestions.from_interests import in_words, strongest
from crm_store.suggestions.models import Outcome, Place
from crm_store.suggestions.ranking import Pick
from crm_store.suggestions.reasons import Reason
from crm_store.suggestions.repository import SuggestionRepository
from crm_store.suggestions.wish import Wish


async def looked_at(
    session: AsyncSession, sku: str, *, customer: UUID | None = None, visitor: str | None = None
) -> Product:
    """Write down that somebody looks at a product; return it, or raise ProductNotFound.

    A customer who wants suggestions is known to be interested, a little.
    """
    product = await product_of(session, sku)
    EventRepository(session).note(VIEWED, customer, {"sku": product.sku}, visitor=visitor)
    if customer is not None:
        await observe(session, customer, product.id, InterestSource.viewed, at=utc_now())
    return product


async def product_of(session: AsyncSession, sku: str) -> Product:
    """Return the product of a number, or raise ProductNotFound."""
    product = await CatalogueRepository(session).find(sku)
    if product is None:
        raise ProductNotFound(sku)
    return product


async def looks_at(session: AsyncSession, conversation: Conversation, at: datetime) -> UUID | None:
    """Return the product that whoever is talking looked at just now, if any.

    It is what their browser was shown, or the customer once they have proved who they are; how
    long "just now" lasts is the shop's policy.
    """
    policies = await PolicyRepository(session).current()
    sku = await EventRepository(session).last_viewed(
        Audience.of(conversation, at).customer,
        conversation.visitor,
        since=at - timedelta(minutes=policies.suggestions.looked_at_minutes),
    )
    product = None if sku is None else await CatalogueRepository(session).find(sku)
    return product.id if product else None


async def wish_by_record(
    session: AsyncSession, customer: UUID, language: Language, place: Place, *, at: datetime
) -> Wish:
    """Return what a customer is known to like as a wish; it is empty where nothing is known."""
    likings = await strongest(session, customer, language, at=at)
    return Wish(
        None,
        in_words(likings, language),
        language,
        interests=likings,
        skip_shown=False,
        place=place,
        asked=False,
        customer=customer,
    )


async def settle(
    session: AsyncSession,
    suggestion_id: UUID,
    outcome: Outcome,
    *,
    at: datetime,
    visitor: str | None = None,
) -> None:
    """Give one suggestion that was shown outside the dialogue its outcome; the same again is fine.

    It raises UnknownSuggestion for one that there is not, or that is not this visitor's if one is
    named, and AlreadyDecided where another outcome stands. Who passed it over may still come back.
    """
    store = SuggestionRepository(session, Language.en)
    suggestion = await store.held(suggestion_id)
    if suggestion is None or visitor not in {None, suggestion.visitor}:
        raise UnknownSuggestion(str(suggestion_id))
    if suggestion.outcome is outcome:
        return
    if suggestion.outcome not in {Outcome.shown, Outcome.ignored}:
        raise AlreadyDecided(str(suggestion_id))
    suggestion.outcome, suggestion.decided_at = outcome, at
    EventRepository(session).note(
        f"suggestion_{outcome.value}",
        suggestion.customer_id,
        {"suggestion": str(suggestion_id)},
        visitor=suggestion.visitor,
    )


def seen_from(looked_at: Candidate, picks: list[Pick]) -> list[Pick]:
    """Return the picks with reasons that claim no liking: whoever looks may not like."""
    maker = looked_at.creator
    return [
        replace(
            pick,
            reason=Reason.also_by(maker)
            if maker and pick.candidate.creator == maker
            else pick.reason.for_another(),
        )
        for pick in picks
    ]
