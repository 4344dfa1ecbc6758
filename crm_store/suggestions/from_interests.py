"""The wish that a customer's own interests make, and the reason that is true of each of them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.base import Language
from crm_store.conversations.models import Conversation
from crm_store.customers.models import InterestSource
from crm_store.interests.liking import Liking, alike
from crm_store.interests.repository import InterestRepository
from crm_store.privacy.repository import ConsentRepository
from crm_store.suggestions.audience import Audience
from crm_store.suggestions.names import words_of
from crm_store.suggestions.reasons import Link, Reason
from crm_store.suggestions.wish import Wish

MOST_INTERESTS: Final = 3
_DONE: Final = {
    InterestSource.viewed: Link.viewed,
    InterestSource.asked: Link.asked,
    InterestSource.bought: Link.bought,
    InterestSource.inferred: Link.bought,
}
"""Whoever has bought something did not say that they like it: the reason tells what they did."""


async def wish_from_interests(
    session: AsyncSession,
    conversation: Conversation,
    *,
    at: datetime,
    message: UUID | None = None,
    asked: bool = True,
) -> Wish | None:
    """Return the wish that a customer's strongest interests make.

    None for whoever has not proved who they are, wants no suggestions, or likes nothing that we
    know of.
    """
    customer = Audience.of(conversation, at).customer
    if customer is None:
        return None
    chosen = await strongest(session, customer, conversation.language, at=at)
    if not chosen:
        return None
    return Wish(
        conversation=conversation.id,
        text=in_words(chosen, conversation.language),
        language=conversation.language,
        interests=chosen,
        asked=asked,
        message=message,
    )


async def strongest(
    session: AsyncSession, customer: UUID, language: Language, *, at: datetime
) -> tuple[Liking, ...]:
    """Return what a customer likes most, each but once; nothing of whoever wants no suggestions."""
    if not await ConsentRepository(session).open_to_suggestions([customer]):
        return ()
    known: dict[str, Liking] = {}
    for liking in await InterestRepository(session).current(customer, at=at):
        known.setdefault(liking.wish(language).casefold(), liking)
    return tuple(known.values())[:MOST_INTERESTS]


def in_words(likings: Sequence[Liking], language: Language) -> str:
    """Return interests as the words of a wish."""
    return ", ".join(liking.wish(language) for liking in likings)


def true_of(reason: Reason, interests: Sequence[Liking]) -> Reason:
    """Return a reason that is true of the interest it comes from.

    One that comes from none of them does not say that the customer likes something.
    """
    source = source_of(reason, interests)
    if source is None:
        return reason.for_another()
    link = _DONE.get(source.interest.source)
    return reason.after(link) if link else reason


def source_of(reason: Reason, interests: Sequence[Liking]) -> Liking | None:
    """Return the strongest interest whose words name what a reason is about."""
    about = {word for name in reason.about.values() for word in words_of(name)}
    return next((one for one in interests if _names(one, about)), None)


def _names(liking: Liking, about: set[str]) -> bool:
    said = words_of(f"{liking.interest.text} {liking.creator or ''}")
    return any(alike(word, other) for word in said for other in about)
