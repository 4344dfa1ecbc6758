"""The wish that a customer's own interests make, and the reason that is true of each of them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.conversations.models import Conversation
from crm_store.customers.models import InterestSource
from crm_store.interests.liking import Liking
from crm_store.interests.repository import InterestRepository
from crm_store.privacy.repository import ConsentRepository
from crm_store.suggestions.manners import proved
from crm_store.suggestions.names import words_of
from crm_store.suggestions.reasons import Link, Reason
from crm_store.suggestions.wish import Wish

MOST_INTERESTS: Final = 3
SHORTEST: Final = 4
"""Letters that two words must share from the start: "opera" and "operas"."""
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
    unasked: bool = False,
) -> Wish | None:
    """Return the wish that a customer's strongest interests make.

    None for whoever has not proved who they are, wants no suggestions, or likes nothing that we
    know of.
    """
    customer = proved(conversation, at)
    if customer is None:
        return None
    if not await ConsentRepository(session).open_to_suggestions([customer]):
        return None
    known = await InterestRepository(session).current(customer, at=at)
    strongest: dict[str, Liking] = {}
    for liking in known:
        strongest.setdefault(liking.wish(conversation.language).casefold(), liking)
    chosen = list(strongest.values())[:MOST_INTERESTS]
    if not chosen:
        return None
    return Wish(
        conversation=conversation.id,
        text=", ".join(liking.wish(conversation.language) for liking in chosen),
        language=conversation.language,
        interests=tuple(chosen),
        unasked=unasked,
        message=message,
    )


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
    return any(_alike(word, other) for word in said for other in about)


def _alike(word: str, other: str) -> bool:
    shorter, longer = sorted((word, other), key=len)
    return word == other or (len(shorter) >= SHORTEST and longer.startswith(shorter))
