"""The frames of the desk's socket: what an agent's page may send, and what it is sent."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field, TypeAdapter

from channels.desk.beside import Doing
from channels.desk.bodies import LONGEST_TEXT, storable
from crm_store.base import Json, utc_now
from crm_store.callbacks.numbers import written
from crm_store.callbacks.repository import Owed
from crm_store.cases.repository import Due
from crm_store.conversations.models import Conversation, Kind, Message
from crm_store.drafts.models import Box
from crm_store.handoffs.queue_repository import Waiting
from crm_store.handoffs.together import Together
from crm_store.legs.models import Leg
from crm_store.routing.models import Duty, Offer, Standing, Status
from crm_store.strategy.routing import RoutingPolicy

LONGEST_FRAME = 16 * 1024
PREVIEW = 120


class Watch(BaseModel):
    """The conversation to show from now on, and the last number that the page has of it."""

    type: Literal["watch"]
    conversation: UUID
    since: int = Field(default=0, ge=0)


class Typing(BaseModel):
    """The agent is writing, to the customer or a note; who reads it is told and nothing is kept."""

    type: Literal["typing"]
    conversation: UUID
    box: Box = Box.reply


class Begun(BaseModel):
    """What is in one of the agent's boxes now, kept for their next page; empty if nothing is."""

    type: Literal["draft"]
    conversation: UUID
    box: Box
    text: Annotated[str, Field(max_length=LONGEST_TEXT), AfterValidator(storable)]


class Here(BaseModel):
    """The agent is at the desk, though they click nothing."""

    type: Literal["here"]


Frame = Annotated[Watch | Typing | Begun | Here, Field(discriminator="type")]
FRAME: TypeAdapter[Frame] = TypeAdapter(Frame)


def message_frame(message: Message, names: Mapping[UUID | None, str]) -> Json:
    """Show a message; of a choice only its title leaves the house."""
    return {
        "type": "message",
        "seq": message.seq,
        "kind": Kind.said if message.kind is Kind.chosen else message.kind,
        "author": message.author,
        "name": names.get(message.agent_id),
        "text": message.text,
        "choices": [{"title": choice["title"]} for choice in message.choices],
        "cards": message.cards,
        "id": message.client_id,
        "at": message.created_at.isoformat(),
    }


def leg_frame(leg: Leg, names: Mapping[UUID | None, str]) -> Json:
    """Show a telephone of the conversation, and how far it has come."""
    return {
        "id": str(leg.id),
        "part": leg.part,
        "agent_id": leg.agent_id and str(leg.agent_id),
        "agent": names.get(leg.agent_id),
        "state": leg.state,
        "held": leg.held,
        "whispers": leg.whispers,
    }


def changed_frame(
    conversation: Conversation, agent: str | None, legs: Sequence[Json], together: Together
) -> Json:
    """Show who has the conversation now and by which telephones, and how well it is known whose."""
    since = together.on_hold_since
    return {
        "type": "changed",
        "conversation": str(conversation.id),
        "handler": conversation.handler,
        "epoch": conversation.epoch,
        "agent": agent,
        "language": conversation.language,
        "level": conversation.current_level(utc_now()).name,
        "legs": legs,
        "on_hold_since": since and since.isoformat(),
        "joined": [{"id": str(agent), "name": name} for agent, name in together.joined.items()],
    }


def lists_frame(
    waiting: Sequence[Json], mine: Sequence[Json], callbacks: Sequence[Json], due: Sequence[Json]
) -> Json:
    """Show who waits, whom the agent has, who is to be called back, and what is due."""
    return {
        "type": "lists",
        "waiting": waiting,
        "mine": mine,
        "callbacks": callbacks,
        "due": due,
    }


def duty_frame(duty: Duty | None, at: datetime, policy: RoutingPolicy) -> Json:
    """Show an agent how they are shown to others, and until when they are left in peace."""
    if duty is None:
        duty = Duty(status=Status.available)
    standing = duty.standing(at, policy.away_after)
    until = duty.wrap_up_until if standing is Standing.wrap_up else None
    return {
        "type": "duty",
        "status": duty.status,
        "standing": standing,
        "wrap_up_until": until and until.isoformat(),
    }


def offer_frame(offer: Offer, conversation: UUID) -> Json:
    """Show what rings at an agent."""
    return {
        "id": str(offer.id),
        "conversation": str(conversation),
        "until": offer.rings_until.isoformat(),
    }


def typing_frame(conversation_id: UUID) -> Json:
    """Show that the customer is writing."""
    return {"type": "typing", "conversation": str(conversation_id), "author": "customer"}


def drafts_frame(conversation_id: UUID, drafts: Mapping[Box, str]) -> Json:
    """Show what the agent has begun to write, wherever that was."""
    begun = {box.value: text for box, text in drafts.items()}
    return {"type": "drafts", "conversation": str(conversation_id), **begun}


def beside_frame(conversation_id: UUID, agent: UUID, name: str, doing: Doing) -> Json:
    """Show what a colleague does at the same conversation."""
    return {
        "type": "beside",
        "conversation": str(conversation_id),
        "agent": str(agent),
        "name": name,
        "does": doing,
    }


def callback_frame(owed: Owed) -> Json:
    """Show who is to be called back."""
    request = owed.request
    return {
        "id": str(request.id),
        "number": request.number,
        "conversation": str(request.conversation_id),
        "state": request.state,
        "at": request.calls_at.isoformat(),
        "attempts": request.attempts,
        "phone": written(request.phone),
        "language": request.language,
        "reason": request.reason[:PREVIEW],
        "name": owed.name,
        "agent": owed.agent,
    }


def due_frame(due: Due) -> Json:
    """Show a case as a line of a list."""
    case = due.case
    return {
        "id": str(case.id),
        "number": case.number,
        "kind": case.kind,
        "state": case.state,
        "conversation": case.conversation_id and str(case.conversation_id),
        "due_at": case.promised_by.isoformat(),
        "text": case.text[:PREVIEW],
        "tags": case.tags,
        "name": due.customer and due.customer.name,
        "agent_id": case.agent_id and str(case.agent_id),
    }


def line_frame(line: Waiting) -> Json:
    """Show a conversation as a line of a list."""
    return {
        "id": str(line.id),
        "channel": line.channel,
        "language": line.language,
        "reason": line.reason,
        "department": line.department,
        "priority": line.priority,
        "since": line.since.isoformat(),
        "name": line.name,
        "preview": line.preview[:PREVIEW],
        "level": line.level.name,
        "last": line.last_seq,
        "epoch": line.epoch,
    }
