"""A call as it is written down: who calls, what they do, and what they must hear."""

from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

from channels.simulator.faults import Fault
from channels.simulator.simulator import SOMEBODY
from crm_store.base import Language

Words = str | list[str]


class _Page(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Step(_Page):
    """Things done one after the other, in the order of the fields, and what is heard then."""

    kills: str | None = None
    """A program of ours that dies: channels, bot or actions."""
    loses_connection: bool = False
    fails: Fault | None = None
    """The error that the relay breaks off with."""
    interrupts: str | None = None
    """The words up to which the caller listens before they break in."""
    says: str | None = None
    keys: str | None = None
    silence: float = Field(default=0, ge=0)
    """For how many seconds nobody says anything."""
    hangs_up: bool = False
    hears: Words = Field(default_factory=list)
    """Each is in what is heard from here on, in any case of letters."""
    never_hears: Words = Field(default_factory=list)
    ended: bool = False
    """Whether the line is dead then."""

    @model_validator(mode="after")
    def _listens(self) -> "Step":
        if self.never_hears and not (self.hears or self.ended):
            raise ValueError("never_hears listens only until something is heard")
        return self


class Script(_Page):
    """One call."""

    from_: str = Field(default=SOMEBODY, alias="from")
    language: Language = Language.de
    relay: Fault | Literal["works"] = "works"
    """The error that the relay fails with before it begins."""
    steps: list[Step] = Field(min_length=1)

    @model_validator(mode="after")
    def _hears_something(self) -> "Script":
        # A call that nothing is expected of cannot fail, and proves nothing.
        if not any(step.hears or step.ended for step in self.steps):
            raise ValueError("nothing is ever heard")
        return self


def read(path: Path) -> Script:
    """Read a call; a word that the format does not know is an error."""
    return Script.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))


def each(words: Words) -> list[str]:
    """Return one or several expectations as a list."""
    return [words] if isinstance(words, str) else words
