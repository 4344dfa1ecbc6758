"""What an agent's page sends to the desk's routes."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, BaseModel, Field, StringConstraints

from crm_store.base import Language
from crm_store.cases.models import LONGEST_TAG, MOST_TAGS, CaseKind, CaseState
from crm_store.conversations.models import Author, Channel
from crm_store.routing.models import Status

LONGEST_BODY = 64 * 1024
LONGEST_TEXT = 4000


def storable(words: str) -> str:
    """Return words that a text column takes, or raise ValueError."""
    # The one character that no text column takes.
    if "\x00" in words:
        raise ValueError("a text holds no NUL")
    return words


def text(shortest: int, longest: int) -> StringConstraints:
    """Return what demands so many letters, blanks around them left out."""
    return StringConstraints(strip_whitespace=True, min_length=shortest, max_length=longest)


Words = Annotated[str, text(1, LONGEST_TEXT), AfterValidator(storable)]
Remark = Annotated[str, text(0, LONGEST_TEXT), AfterValidator(storable)]
Outcome = Annotated[str, text(1, 100), AfterValidator(storable)]
Code = Annotated[str, text(0, 100), AfterValidator(storable)]
LoginName = Annotated[str, text(0, 200), AfterValidator(storable)]


class Login(BaseModel):
    """Who wants in."""

    login: LoginName
    password: str = Field(max_length=1000)
    code: str = Field(default="", max_length=20)
    """Of the second factor, for whoever has one."""


class Shown(BaseModel):
    """What an authenticator shows."""

    code: str = Field(max_length=20)


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

    phone: Annotated[str, text(0, 40), AfterValidator(storable)] = ""
    language: Language | None = None


class Duty(BaseModel):
    """Whether the agent wants to be offered customers."""

    status: Status


class Whisper(BaseModel):
    """Whether the colleague is to hear who listens in."""

    whispers: bool


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


class ToQueue(BaseModel):
    """For which department a customer is to wait, and what whoever takes them should know."""

    epoch: int
    department: Annotated[str, text(1, 100), AfterValidator(storable)] | None = None
    note: Remark = ""


class Search(BaseModel):
    """What an agent looks for in all conversations, and what narrows it."""

    words: Annotated[str, text(2, 200), AfterValidator(storable)]
    language: Language | None = None
    channel: Channel | None = None
    author: Author | None = None
    agent: UUID | None = None
    code: Code | None = None
    since: AwareDatetime | None = None
    until: AwareDatetime | None = None


Tag = Annotated[str, text(1, LONGEST_TAG), AfterValidator(storable)]
Tags = Annotated[list[Tag], Field(max_length=MOST_TAGS)]


class OpenedCase(BaseModel):
    """A matter that an agent promises to see to, and when it is to come back."""

    kind: CaseKind
    text: Words
    due_at: AwareDatetime | None = None
    tags: Tags = []


class ChangedCase(BaseModel):
    """What is to be different about a case; what is left out stays."""

    state: CaseState | None = None
    due_at: AwareDatetime | None = None
    tags: Tags | None = None
    mine: bool | None = None


class SuggestionOutcome(BaseModel):
    """What the customer said to a suggestion."""

    outcome: Literal["accepted", "declined"]


class Recognised(BaseModel):
    """Whom the agent takes the conversation to be with."""

    customer: UUID


class Merged(BaseModel):
    """Which record is to become part of the customer's, and its number as a confirmation."""

    other: UUID
    confirmed: Annotated[str, text(1, 100), AfterValidator(storable)]
