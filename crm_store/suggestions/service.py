"""Suggests what fits a wish, writes down what was shown, and what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.base import Json, Language
from crm_store.catalogue.encoders import Encoder
from crm_store.conversations.repository import ConversationRepository
from crm_store.insight.repository import EventRepository
from crm_store.proof.occasions import withheld
from crm_store.strategy.repository import PolicyRepository
from crm_store.suggestions.audience import Audience
from crm_store.suggestions.drawing import Drawn
from crm_store.suggestions.from_interests import source_of, true_of
from crm_store.suggestions.manners import demand_welcome, unwelcome
from crm_store.suggestions.matching import Matcher, Picks
from crm_store.suggestions.models import DIALOGUE, Outcome, Place, Suggestion
from crm_store.suggestions.outside import seen_from
from crm_store.suggestions.ranking import Pick
from crm_store.suggestions.repository import SuggestionRepository
from crm_store.suggestions.wish import Understood, Wish

__all__ = ["Offer", "Suggester", "Understood", "Wish", "decide"]


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
    format: str | None = None
    missed: tuple[str, ...] = ()
    """The formats that were asked for, where there is nothing in them and this is instead."""


@dataclass(frozen=True, slots=True)
class _Occasion:
    """To whom, when, where and by which rules something is shown."""

    to: Audience
    place: Place
    policy_version: str
    at: datetime


class Suggester:
    """Suggests products, with the encoder it is given."""

    def __init__(self, encoder: Encoder) -> None:
        self._matcher = Matcher(encoder)

    async def understand(self, wish: Wish) -> Understood:
        """Encode a wish's words, before a session is opened for what `suggest` does with them."""
        return await self._matcher.understand(wish)

    async def suggest(
        self, session: AsyncSession, asked: Understood, *, most: int = 3, at: datetime
    ) -> list[Offer]:
        """Return up to `most` products that fit, each recorded as shown.

        In a conversation its customer is whom it is for; outside one, whom the wish names. Nothing
        that they own, have sent back or complained about (if they have proved who they are), have
        declined, want never again, or were shown in this conversation before; only what passes the
        filters in the wish's words, and is in stock unless they say otherwise. Where nothing comes
        in the format that was asked for, the offers say so. An empty wish fits nothing, and nothing
        is offered unasked to the control group. Where a suggestion would be bad manners, as after a
        complaint, it raises UnwelcomeNow.
        """
        wish = asked.wish
        to = await _audience(session, wish, at)
        store = SuggestionRepository(session, wish.language)
        policies = await PolicyRepository(session).current()
        policy = policies.suggestions
        place = _place(wish, to)
        await demand_welcome(session, to, place, policy, at=at, asked=wish.asked)
        if not wish.asked and to.met and withheld(session, to.met, policy, place, at=at):
            return []
        occasion = _Occasion(to, place, policy.version, at)
        seen = await store.seen(to, place)
        without = await unwelcome(session, wish, to, seen)
        found = await self._matcher.picks(
            store, asked, without=without, most=most, currency=policies.shop.currency, at=at
        )
        picks = _with_true_reasons(found.chosen, wish)
        if place not in DIALOGUE and found.liked is not None:
            picks = seen_from(found.liked, picks)
        if picks and seen.left:
            # What was shown before and passed over counts as ignored once there is something new.
            for passed in await store.pass_over(to, place, at=at):
                _record(session, "suggestion_ignored", to, {"suggestion": str(passed)})
        shown = [
            self._shown(pick, rank, wish, occasion, found)
            for rank, pick in enumerate(picks, start=1)
        ]
        for suggestion in shown:
            store.add(suggestion)
            facts = {"suggestion": str(suggestion.id), "rank": suggestion.rank}
            _record(session, "suggestion_shown", to, facts, cause=wish.message)
        return [_offer(s, pick, wish, found) for s, pick in zip(shown, picks, strict=True)]

    async def drawn(
        self, session: AsyncSession, text: str, language: Language, *, at: datetime
    ) -> Drawn:
        """Return what a text says of price, format and so on, and what is left of it."""
        currency = (await PolicyRepository(session).current()).shop.currency
        store = SuggestionRepository(session, language)
        return await self._matcher.drawn(store, text, currency=currency, at=at)

    def _shown(
        self, pick: Pick, rank: int, wish: Wish, occasion: _Occasion, found: Picks
    ) -> Suggestion:
        return Suggestion(
            id=uuid4(),
            conversation_id=wish.conversation,
            created_at=occasion.at,
            customer_id=occasion.to.customer,
            visitor=occasion.to.visitor,
            message_id=wish.message,
            product_id=pick.candidate.product,
            place=occasion.place,
            asked=wish.asked,
            rank=rank,
            reason_kind=pick.reason.link,
            reason=pick.reason.as_json(),
            derivation=_derivation(pick, wish, found),
            model=self._matcher.model,
            policy_version=occasion.policy_version,
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


async def _audience(session: AsyncSession, wish: Wish, at: datetime) -> Audience:
    if wish.conversation is None:
        return Audience(None, wish.customer, wish.customer, wish.visitor)
    conversation = await ConversationRepository(session).get(wish.conversation)
    return Audience.of(conversation, at)


def _place(wish: Wish, to: Audience) -> Place:
    if wish.place is not None:
        return wish.place
    return Place(to.conversation.medium.value) if to.conversation else Place.api


def _record(
    session: AsyncSession, kind: str, to: Audience, facts: Json, *, cause: UUID | None = None
) -> None:
    events = EventRepository(session)
    if to.conversation is None:
        events.note(kind, to.customer, facts, visitor=to.visitor)
    else:
        events.record(kind, to.conversation, facts, cause=cause)


def _with_true_reasons(picks: list[Pick], wish: Wish) -> list[Pick]:
    if wish.gift:
        return [replace(pick, reason=pick.reason.for_another()) for pick in picks]
    if wish.interests:
        return [replace(pick, reason=true_of(pick.reason, wish.interests)) for pick in picks]
    return picks


def _derivation(pick: Pick, wish: Wish, found: Picks) -> Json:
    candidate = pick.candidate
    source = source_of(pick.reason, wish.interests)
    return {
        "wish": wish.words,
        "interest": source.as_json() if source else None,
        "like": str(wish.like) if wish.like else None,
        "filters": found.filters.as_json(),
        "not_in_format": list(found.missed),
        "neighbour": pick.neighbour,
        "score": round(pick.score, 4),
        "near": round(candidate.near, 4),
        "fused": round(candidate.fused, 4),
        "word": round(candidate.word, 4),
    }


def _offer(suggestion: Suggestion, pick: Pick, wish: Wish, found: Picks) -> Offer:
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
        format=candidate.format,
        missed=found.missed,
    )
