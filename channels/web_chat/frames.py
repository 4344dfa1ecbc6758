"""The frames of the chat's socket: what a browser may send, and what it is sent."""

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, Field, TypeAdapter

from crm_store.base import Json, Language
from crm_store.callbacks.numbers import written
from crm_store.conversations.models import Conversation, Message
from crm_store.handoffs.waiting import Waiting
from crm_store.passages.to_phone import Code

LONGEST_TEXT = 4000
LONGEST_FRAME = 16 * 1024


class Hello(BaseModel):
    """The first frame: who comes, and what they have already."""

    type: Literal["hello"]
    token: str | None = None
    customer_token: str | None = None
    """The shop's word for who is logged in there."""
    link: str | None = Field(default=None, max_length=64)
    """What the address had that was sent to a caller."""
    language: Language = Language.en
    since: int = Field(default=0, ge=0)


class Say(BaseModel):
    """The customer's words, under an id that the browser made."""

    type: Literal["say"]
    id: UUID
    text: str


class Choose(BaseModel):
    """One of the choices that a message offered, by its place from 0."""

    type: Literal["choose"]
    id: UUID
    seq: int
    choice: int = Field(ge=0)


class ChangeLanguage(BaseModel):
    """The language that the customer wants from now on."""

    type: Literal["language"]
    language: Language


class Rate(BaseModel):
    """How content the customer is, once a person has ended the conversation; 0 is no answer."""

    type: Literal["rate"]
    stars: int = Field(ge=0, le=5)


class Typing(BaseModel):
    """The customer is writing; it is passed on to an agent and not kept."""

    type: Literal["typing"]


class CallOff(BaseModel):
    """The customer would rather not wait for a person any more."""

    type: Literal["call_off"]


class AskForPhone(BaseModel):
    """The customer would rather go on by phone."""

    type: Literal["phone"]


Frame = Annotated[
    Hello | Say | Choose | ChangeLanguage | Rate | Typing | CallOff | AskForPhone,
    Field(discriminator="type"),
]
FRAME: TypeAdapter[Frame] = TypeAdapter(Frame)


def message_frame(message: Message, name: str | None) -> Json:
    """Show a message; of a choice only its title leaves the house."""
    return {
        "type": "message",
        "seq": message.seq,
        "kind": message.kind,
        "author": message.author,
        "name": name,
        "text": message.text,
        "choices": [{"title": choice["title"]} for choice in message.choices],
        "cards": message.cards,
        "id": message.client_id,
        "at": message.created_at.isoformat(),
    }


def state_frame(conversation: Conversation, *, agent: str | None, waiting: Waiting | None) -> Json:
    """Show who has the conversation, and how far the customer has come who waits for a person."""
    return {
        "type": "state",
        "handler": conversation.handler,
        "agent": agent,
        "language": conversation.language,
        "position": waiting and waiting.place,
        "minutes": waiting and waiting.minutes,
        "by_phone": conversation.call is not None,
        "ratable": conversation.ratable,
    }


def phone_frame(number: str, code: Code) -> Json:
    """Show where to call and what to key in there; no record holds the code."""
    return {
        "type": "phone",
        "number": number,
        "written": written(number),
        "code": code.digits,
        "expires_at": code.expires_at.isoformat(),
    }


def refusal(message_id: Any, rule: str, text: str) -> Json:
    """Say that a message was not taken, and why, in the customer's language."""
    return {"type": "refused", "id": str(message_id), "rule": rule, "text": text}
