"""What was suggested, and what may be, as the page reads it."""

from channels.desk.show_customer import show_interest
from crm_store.agents.story_repository import Suggested
from crm_store.base import Json, Language
from crm_store.conversations.models import Conversation
from crm_store.suggestions.at_desk import DeskOffers, Ground
from crm_store.suggestions.reasons import Link, Reason
from crm_store.suggestions.repository import DeskSuggestion


def show_suggested(suggested: Suggested, conversation: Conversation) -> Json:
    """Show what the customer was suggested, and what came of it."""
    suggestion = suggested.suggestion
    return {
        "title": suggested.title,
        "reason": reason_in(suggestion.reason, conversation.language),
        "outcome": suggestion.outcome,
        "rank": suggestion.rank,
        "derivation": suggestion.derivation,
        "at": suggestion.created_at.isoformat(),
        "decided_at": suggestion.decided_at and suggestion.decided_at.isoformat(),
        "place": suggestion.place,
        "here": suggestion.conversation_id == conversation.id,
    }


def show_offers(offers: DeskOffers) -> Json:
    """Return what may be suggested, each with its derivation, and what it all goes by."""
    return {
        "suggestions": [_offer(offer, offers) for offer in offers.suggestions],
        "grounds": [_ground(ground) for ground in offers.grounds],
        "looks_at": offers.looks_at is not None,
        "unwelcome": offers.is_unwelcome,
    }


def _offer(offer: DeskSuggestion, offers: DeskOffers) -> Json:
    suggestion, product, language = offer.suggestion, offer.product, offers.language
    return {
        "suggestion": str(suggestion.id),
        "sku": product.sku,
        "title": product.title(language),
        "price": str(product.price),
        "currency": product.currency,
        "reason": reason_in(suggestion.reason, language),
        "derivation": suggestion.derivation,
        "model": suggestion.model,
        "offered": suggestion.id in offers.offered,
        "outcome": suggestion.outcome,
    }


def _ground(ground: Ground) -> Json:
    said = ground.sentence
    return {
        **show_interest(ground.interest),
        "said": said and {"seq": said.seq, "text": said.text, "at": said.created_at.isoformat()},
    }


def reason_in(reason: Json, language: Language) -> str:
    """Return why something was suggested, in the words that the customer read or heard."""
    about, place = (
        {spoken: str(reason.get(part, {}).get(spoken, "")) for spoken in Language}
        for part in ("about", "place")
    )
    return Reason(Link(reason["link"]), about, place).said(language)
