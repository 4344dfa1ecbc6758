"""What an agent's page sends to the desk's routes."""

from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field, StringConstraints

LONGEST_TEXT = 4000


def _storable(text: str) -> str:
    # The one character that no text column takes.
    return text.replace("\x00", "")


Words = Annotated[
    str,
    AfterValidator(_storable),
    StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_TEXT),
]
Remark = Annotated[str, AfterValidator(_storable), StringConstraints(max_length=LONGEST_TEXT)]
Outcome = Annotated[
    str,
    AfterValidator(_storable),
    StringConstraints(strip_whitespace=True, min_length=1, max_length=100),
]


class Login(BaseModel):
    """Who wants in."""

    login: Annotated[str, AfterValidator(_storable), StringConstraints(max_length=200)]
    password: str = Field(max_length=1000)


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
