"""Suggests what fits a wish, writes down what was shown, and what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.base import Json
from crm_store.catalogue.encoders import Encoder
from crm_store.conversations.repository import ConversationRepository
from crm_store.insight.repository import EventRepository
from crm_store.suggestions.from_interests import source_of, true_of
from crm_store.suggestions.manners import demand_welcome, proved, unwelcome
from crm_store.suggestions.matching import Matcher
from crm_store.suggestions.models import Outcome, Suggestion
from crm_store.suggestions.ranking import Pick
from crm_store.suggestions.repository import SuggestionRepository
from crm_store.suggestions.wish import Wish

__all__ = ["Offer", "Suggester", "Wish", "decide"]


@dataclass(frozen=True, slots=True)
class Offer:
    """A suggestion as a channel shows it; money is left for the channel to write."""

    suggestion: UUID
    product: UUID
    sku: str
    title: str
    price: Decimal
    currency: str
    image: str | None
    reason: str
    in_stock: bool


class Suggester:
    """Suggests products, with the encoder it is given."""

    def __init__(self, encoder: Encoder) -> None:
        self._matcher = Matcher(encoder)

    async def suggest(
        self, session: AsyncSession, wish: Wish, *, most: int = 3, at: datetime
    ) -> list[Offer]:
        """Return up to `most` products that fit, each recorded as shown.

        Nothing that the customer owns, has sent back or complained about (if they have proved who
        they are), has declined, wants never again, or was shown in this conversation before; only
        what is in stock. An empty wish fits nothing. Where a suggestion would be bad manners, as
        after a complaint, it raises UnwelcomeNow.
        """
        conversation = await ConversationRepository(session).get(wish.conversation)
        customer = proved(conversation, at)
        store = SuggestionRepository(session, wish.language)
        await demand_welcome(session, conversation, at=at, unasked=wish.unasked)
        without = await unwelcome(session, wish, customer)
        picks = await self._matcher.picks(store, wish, without=without, most=most, at=at)
        if wish.gift:
            picks = [replace(pick, reason=pick.reason.for_another()) for pick in picks]
        if wish.interests:
            picks = [replace(pick, reason=true_of(pick.reason, wish.interests)) for pick in picks]
        if picks:
            # What was shown before and passed over counts as ignored once there is something new.
            await decide(session, conversation.id, Outcome.ignored, at=at)
        shown = [
            self._shown(pick, rank, wish, customer, at) for rank, pick in enumerate(picks, start=1)
        ]
        for suggestion in shown:
            store.add(suggestion)
            EventRepository(session).record(
                "suggestion_shown",
                conversation,
                {"suggestion": str(suggestion.id), "rank": suggestion.rank},
                cause=wish.message,
            )
        return [_offer(s, pick, wish) for s, pick in zip(shown, picks, strict=True)]

    def _shown(
        self, pick: Pick, rank: int, wish: Wish, customer: UUID | None, at: datetime
    ) -> Suggestion:
        return Suggestion(
            id=uuid4(),
            conversation_id=wish.conversation,
            customer_id=customer,
            message_id=wish.message,
            product_id=pick.candidate.product,
            rank=rank,
            reason=pick.reason.as_json(),
            derivation=_derivation(pick, wish),
            model=self._matcher.model,
            unasked=wish.unasked,
            created_at=at,
        )


async def decide(
    session: AsyncSession,
    conversation: UUID,
    outcome: Outcome,
    which: Sequence[UUID] | None = None,
    *,
    at: datetime,
) -> list[UUID]:
    """Give the suggestions that are still open their outcome; return which they were.

    Without `which` it holds for all that are open in the conversation.
    """
    talk = await ConversationRepository(session).get(conversation)
    store = SuggestionRepository(session, talk.language)
    decided = await store.decide(conversation, outcome, at=at, which=which)
    for suggestion in decided:
        EventRepository(session).record(
            f"suggestion_{outcome.value}", talk, {"suggestion": str(suggestion)}
        )
    return decided


def _derivation(pick: Pick, wish: Wish) -> Json:
    candidate = pick.candidate
    source = source_of(pick.reason, wish.interests)
    return {
        "wish": wish.words,
        "interest": source.as_json() if source else None,
        "like": str(wish.like) if wish.like else None,
        "neighbour": pick.neighbour,
        "score": round(pick.score, 4),
        "near": round(candidate.near, 4),
        "fused": round(candidate.fused, 4),
        "dense_place": candidate.dense_place,
        "word_place": candidate.word_place,
    }


def _offer(suggestion: Suggestion, pick: Pick, wish: Wish) -> Offer:
    candidate = pick.candidate
    return Offer(
        suggestion=suggestion.id,
        product=candidate.product,
        sku=candidate.sku,
        title=candidate.title,
        price=candidate.price,
        currency=candidate.currency,
        image=candidate.image,
        reason=pick.reason.said(wish.language),
        in_stock=candidate.stock > 0,
    )
