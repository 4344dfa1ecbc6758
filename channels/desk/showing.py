"""The whole story as the page reads it."""

from collections.abc import Collection
from uuid import UUID

from channels.desk.frames import leg_frame, message_frame
from channels.desk.story import Story
from crm_store.agents.desk_repository import Deed, Earlier
from crm_store.base import Json, Language
from crm_store.customers.models import Customer, Interest
from crm_store.handoffs.models import Handoff
from crm_store.interests.repository import NEVER
from crm_store.orders.models import Order
from crm_store.recordings.models import CallRecording
from crm_store.suggestions.at_desk import DeskOffers, Ground
from crm_store.suggestions.models import Suggestion
from crm_store.suggestions.reasons import Link, Reason
from crm_store.suggestions.repository import DeskSuggestion

SUMMARY = 160


def show(story: Story) -> Json:
    """Return the story in the words of the desk's protocol."""
    handoffs = [_handoff(handoff, story) for handoff in story.handoffs]
    still_open = [shown for shown in handoffs if shown["ended_at"] is None]
    language = story.conversation.language
    return {
        "conversation": _conversation(story),
        "handoff": still_open[-1] if still_open else None,
        "handoffs": handoffs,
        "messages": [message_frame(message, story.names) for message in story.messages],
        "customer": _customer(story),
        "interests": [_interest(interest) for interest in story.interests],
        "orders": [_order(order) for order in story.orders],
        "suggestions": [_suggestion(row, title, language) for row, title in story.suggestions],
        "done": [_deed(deed) for deed in story.deeds],
        "recording": _recording(story.recording),
        "earlier": [_earlier(before, story.recorded) for before in story.earlier],
        "legs": [leg_frame(leg, story.names) for leg in story.legs],
    }


def _conversation(story: Story) -> Json:
    conversation = story.conversation
    return {
        "id": str(conversation.id),
        "channel": conversation.medium,
        "language": conversation.language,
        "handler": conversation.handler,
        "epoch": conversation.epoch,
        "opened_at": conversation.created_at.isoformat(),
        "closed_at": conversation.closed_at and conversation.closed_at.isoformat(),
        "agent": story.names.get(conversation.agent_id),
        "agent_id": conversation.agent_id and str(conversation.agent_id),
        "slots": conversation.slots,
        "level": conversation.current_level(story.at).name,
        "verified_how": conversation.level_how,
        "outcome": conversation.outcome,
        "rating": conversation.rating,
        "last": conversation.last_seq,
    }


def _handoff(handoff: Handoff, story: Story) -> Json:
    said = {message.seq: message.text for message in story.messages}
    return {
        "reason": handoff.reason,
        "note": handoff.note,
        "department": handoff.department,
        "wanted_agent": story.names.get(handoff.wanted_agent_id),
        "trigger": {"seq": handoff.trigger_seq, "text": said.get(handoff.trigger_seq, "")},
        "signs": handoff.signs,
        "requested_at": handoff.created_at.isoformat(),
        "claimed_at": handoff.claimed_at and handoff.claimed_at.isoformat(),
        "agent": story.names.get(handoff.agent_id),
        "ended_at": handoff.ended_at and handoff.ended_at.isoformat(),
        "outcome": handoff.outcome,
        "outcome_note": handoff.outcome_note,
        "code": handoff.code,
    }


def _customer(story: Story) -> Json | None:
    customer = story.customer
    if customer is None:
        return None
    theirs = [interest for interest in story.interests if interest.customer_id == customer.id]
    return {
        **_card(customer),
        "level": story.conversation.current_level(story.at).name,
        "interests": [_interest(interest) for interest in theirs],
    }


def _card(customer: Customer) -> Json:
    return {
        "id": str(customer.id),
        "number": customer.number,
        "name": customer.name,
        "language": customer.language,
        "contacts": [{"kind": point.kind, "value": point.value} for point in customer.contacts],
        "since": customer.since.isoformat(),
    }


def _interest(interest: Interest) -> Json:
    return {
        "text": interest.text,
        "source": "never" if interest.strength <= NEVER else interest.source,
        "strength": round(interest.strength, 4),
        "at": interest.learned_at.isoformat(),
    }


def _order(order: Order) -> Json:
    return {
        "number": order.number,
        "state": order.state,
        "placed_at": order.placed_at.isoformat(),
        "expected_on": order.expected_on and order.expected_on.isoformat(),
        "shipped_at": order.shipped_at and order.shipped_at.isoformat(),
        "delivered_at": order.delivered_at and order.delivered_at.isoformat(),
        "carrier": order.carrier,
        "tracking": order.tracking,
        "total": str(order.total),
        "currency": order.currency,
        "lines": [
            {"title": line.title, "quantity": line.quantity, "price": str(line.unit_price)}
            for line in order.lines
        ],
    }


def _suggestion(suggestion: Suggestion, title: str, language: Language) -> Json:
    return {
        "title": title,
        "reason": reason_in(suggestion.reason, language),
        "outcome": suggestion.outcome,
        "rank": suggestion.rank,
        "derivation": suggestion.derivation,
        "at": suggestion.created_at.isoformat(),
    }


def show_offers(offers: DeskOffers) -> Json:
    """Return what may be suggested, each with its derivation, and what it all goes by."""
    return {
        "suggestions": [_offer(offer, offers.language) for offer in offers.suggestions],
        "grounds": [_ground(ground) for ground in offers.grounds],
        "looks_at": offers.looks_at is not None,
        "unwelcome": offers.is_unwelcome,
    }


def _offer(offer: DeskSuggestion, language: Language) -> Json:
    suggestion, product = offer.suggestion, offer.product
    return {
        "suggestion": str(suggestion.id),
        "sku": product.sku,
        "title": product.title(language),
        "price": str(product.price),
        "currency": product.currency,
        "reason": reason_in(suggestion.reason, language),
        "derivation": suggestion.derivation,
        "model": suggestion.model,
    }


def _ground(ground: Ground) -> Json:
    said = ground.sentence
    return {
        **_interest(ground.interest),
        "said": said and {"seq": said.seq, "text": said.text, "at": said.created_at.isoformat()},
    }


def reason_in(reason: Json, language: Language) -> str:
    """Return why something was suggested, in the words that the customer read or heard."""
    about, place = (
        {spoken: str(reason.get(part, {}).get(spoken, "")) for spoken in Language}
        for part in ("about", "place")
    )
    return Reason(Link(reason["link"]), about, place).said(language)


def _deed(deed: Deed) -> Json:
    return {
        "seq": deed.seq,
        "action": deed.action,
        "at": deed.at.isoformat(),
        "result": deed.result,
    }


def _recording(recording: CallRecording | None) -> Json | None:
    if recording is None:
        return None
    return {
        "state": recording.state,
        "answered_at": recording.answered_at and recording.answered_at.isoformat(),
        "seconds": recording.seconds,
    }


def _earlier(before: Earlier, recorded: Collection[UUID]) -> Json:
    return {
        "id": str(before.conversation.id),
        "channel": before.conversation.channel,
        "opened_at": before.conversation.created_at.isoformat(),
        "summary": before.summary[:SUMMARY],
        "outcome": before.conversation.outcome,
        "recorded": before.conversation.id in recorded,
    }
