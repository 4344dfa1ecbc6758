"""What the suggestion actions share: what is offered, and which one is meant."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final
from uuid import UUID

from rasa_sdk.events import SlotSet

from actions.base import ActionTurn, Event
from actions.errand import Errand
from actions.frames import under_way
from actions.limits import Limits
from actions.offering import show
from actions.tracker import emptied
from crm_store.base import Json
from crm_store.errors import UnwelcomeNow
from crm_store.interests.repository import InterestRepository
from crm_store.suggestions.audience import Audience
from crm_store.suggestions.from_interests import wish_from_interests
from crm_store.suggestions.manners import demand_no_complaint
from crm_store.suggestions.service import Offer, Wish

MOST_CARDS = 3
LAST = -1


COMPLAINTS: Final = frozenset({"complain", "report_damaged", "report_wrong_item", "report_missing"})


async def suggest(
    turn: ActionTurn,
    response: str,
    *,
    text: str,
    like: UUID | None = None,
    limits: Limits | None = None,
    known: Wish | None = None,
    skip_shown: bool = True,
) -> list[Event]:
    """Offer what fits: cards in the chat, one product on the phone; nothing to who complains.

    `known` is the wish that the record makes, where whoever calls has it already.
    """
    limits = limits or Limits()
    try:
        wish = known or await _wish(turn, text, like, limits)
        offers = await offers_for(turn, replace(wish, skip_shown=skip_shown), limits)
    except UnwelcomeNow:
        turn.say("utter_suggest_not_now")
        return emptied("suggested", "question")
    if not offers:
        turn.say("utter_suggest_nothing")
        # What somebody else likes is not to be taken for the customer's own interest.
        return [*emptied("suggested"), SlotSet("question", None if limits.gift else "interest")]
    return put_on_table(turn, response, offers, limits)


async def offers_for(turn: ActionTurn, wish: Wish, limits: Limits) -> Sequence[Offer]:
    """Return what fits a wish, as many as suit the channel; raise UnwelcomeNow."""
    _demand_no_complaint_under_way(turn)
    most = 1 if turn.on_phone else MOST_CARDS
    suggester = turn.parts.suggester
    asked = await suggester.understand(replace(wish, filters=limits.filters))
    return await suggester.suggest(turn.session, asked, most=most, at=turn.at)


def put_on_table(
    turn: ActionTurn, response: str, offers: Sequence[Offer], limits: Limits
) -> list[Event]:
    """Say the offers, and return the events that keep them for the next turn."""
    question = show(turn, response, offers)
    return [
        SlotSet("suggested", [_on_table(offer) for offer in offers]),
        SlotSet("product", None),
        SlotSet("limits", limits.kept),
        *question,
    ]


async def demand_welcome_now(turn: ActionTurn) -> None:
    """Raise UnwelcomeNow after a complaint, and while one is being made."""
    _demand_no_complaint_under_way(turn)
    await demand_no_complaint(turn.session, Audience.of(turn.conversation, turn.at))


def _demand_no_complaint_under_way(turn: ActionTurn) -> None:
    if any(COMPLAINTS & Errand.known_errands[f.errand].intents for f in under_way(turn)):
        raise UnwelcomeNow("a complaint is under way")


async def _wish(turn: ActionTurn, text: str, like: UUID | None, limits: Limits) -> Wish:
    if limits.by_record and like is None:
        known = await wish_from_interests(
            turn.session, turn.conversation, at=turn.at, message=turn.message_id
        )
        if known is not None:
            return known
    return Wish(
        conversation=turn.conversation.id,
        text=text,
        language=turn.language,
        like=like,
        gift=limits.gift,
        message=turn.message_id,
    )


async def last_wish(turn: ActionTurn) -> str:
    """Return the interest that was stated last in this conversation."""
    kept = turn.slot("last_wish_text")
    if kept:
        return str(kept)
    stated = await InterestRepository(turn.session).latest_stated(turn.conversation.id)
    return stated.text if stated else ""


def meant(turn: ActionTurn) -> int | None:
    """Return which of the offers on the table the customer means, counted from 0.

    None where they name one that is not there; the first where they name none.
    """
    skus = [offer["sku"] for offer in on_table(turn)]
    sku = turn.entity("sku")
    if sku is not None:
        return skus.index(sku) if sku in skus else None
    return place_of(turn, len(skus))


def place_of(turn: ActionTurn, offers: int) -> int | None:
    """Return the place, from 0, that the customer names ("the second"), else the first."""
    position = int(turn.entity("position") or 1)
    place = offers - 1 if position == LAST else position - 1
    return place if 0 <= place < offers else None


def on_table(turn: ActionTurn) -> list[Json]:
    """Return the offers that were shown last."""
    return list(turn.slot("suggested") or [])


def _on_table(offer: Offer) -> Json:
    return {
        "suggestion": str(offer.suggestion),
        "product": str(offer.product),
        "sku": offer.sku,
        "title": offer.title,
    }
