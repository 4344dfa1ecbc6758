"""What an agent's page sends to the desk's routes."""

from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, BaseModel, Field, StringConstraints

from crm_store.base import Language
from crm_store.conversations.models import Author, Channel
from crm_store.routing.models import Status

LONGEST_BODY = 64 * 1024
LONGEST_TEXT = 4000


def _storable(text: str) -> str:
    # The one character that no text column takes.
    if "\x00" in text:
        raise ValueError("a text holds no NUL")
    return text


def _text(shortest: int, longest: int) -> StringConstraints:
    return StringConstraints(strip_whitespace=True, min_length=shortest, max_length=longest)


Words = Annotated[str, _text(1, LONGEST_TEXT), AfterValidator(_storable)]
Remark = Annotated[str, _text(0, LONGEST_TEXT), AfterValidator(_storable)]
Code = Annotated[str, _text(0, 100), AfterValidator(_storable)]
Outcome = Annotated[str, _text(1, 100), AfterValidator(_storable)]
LoginName = Annotated[str, _text(0, 200), AfterValidator(_storable)]


class Login(BaseModel):
    """Who wants in."""

    login: LoginName
    password: str = Field(max_length=1000)


class NewPassword(BaseModel):
    """A password, and the one that it replaces."""

    old: str = Field(max_length=1000)
    new: str = Field(max_length=1000)


class Reply(BaseModel):
    """Words to the customer, under an id that the page made, for the epoch it was given."""

    epoch: int
    id: UUID
    text: Words


class Note(BaseModel):
    """Words among agents; there is no epoch, for the customer is not spoken to."""

    id: UUID
    text: Words


class Ending(BaseModel):
    """How it ended for the agent."""

    epoch: int
    outcome: Outcome
    note: Remark = ""
    code: Code = ""
    """What it was about: one of the codes that the shop has."""


class Profile(BaseModel):
    """Where and in which language an agent is rung; no number means not at all."""

    phone: Annotated[str, _text(0, 40), AfterValidator(_storable)] = ""
    language: Language | None = None


class Duty(BaseModel):
    """Whether the agent wants to be offered customers."""

    status: Status


class Hold(BaseModel):
    """Whether the caller is to be on hold."""

    held: bool


class Consult(BaseModel):
    """Which colleague is to be asked."""

    agent: UUID


class Transfer(BaseModel):
    """To whom a customer is passed on, and what the colleague should know."""

    epoch: int
    agent: UUID
    note: Remark = ""


class Search(BaseModel):
    """What an agent looks for in all conversations, and what narrows it."""

    words: Annotated[str, _text(2, 200), AfterValidator(_storable)]
    language: Language | None = None
    channel: Channel | None = None
    author: Author | None = None
    agent: UUID | None = None
    code: Code | None = None
    since: AwareDatetime | None = None
    until: AwareDatetime | None = None
