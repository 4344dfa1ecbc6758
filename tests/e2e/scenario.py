"""A page of dialogue: who says what, what is heard, and what the store holds afterwards."""

from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field

from crm_store.base import Language
from crm_store.conversations.models import Channel

Words = str | list[str]


class _Page(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Step(_Page):
    """One thing done by the customer or the agent, and what the customer hears of it."""

    channel: Channel | None = None
    """Played on this channel only."""
    says: str | None = None
    """`{day+3}` and `{day-3}` in it stand for a day in words of the language."""
    times: int = 1
    """How often that is repeated in one message."""
    chooses: str | None = None
    gives: Literal["code", "older code", "spoken code"] | None = None
    """The newest code that was sent, or the one before it; keyed in or typed, or digit by digit."""
    keys: str | None = None
    agent: Literal["claims", "says", "notes", "finishes", "returns", "closes"] | None = None
    """To finish a form, its text names it with its fields: `cancel_order order=A-21`."""
    text: str = ""
    hears: Words = Field(default_factory=list)
    never_hears: Words = Field(default_factory=list)


class Then(_Page):
    """What must be true in the store afterwards."""

    handler: str | None = None
    handoff_reason: str | None = None
    level: str | None = None
    orders: dict[str, str] = Field(default_factory=dict)
    suggestions: dict[str, int] = Field(default_factory=dict)
    """How many suggestions have each outcome; `suggestions` counts all of the conversation."""
    interests: list[str] = Field(default_factory=list)
    events: list[str] = Field(default_factory=list)
    changed: dict[str, dict[str, dict[str, Any] | None] | list[dict[str, Any]]] = Field(
        default_factory=dict
    )
    """Rows that were added or changed, by table: named by key, or listed; no others may be."""
    gone: dict[str, int] = Field(default_factory=dict)
    """How many rows have gone, by table."""
    mails: list[Words] = Field(default_factory=list)
    """What each message to the customer outside the conversation says, codes apart."""


class Scenario(_Page):
    """What is played on each channel in turn."""

    customer: str | None = None
    """Number of a customer of the demo shop."""
    language: Language
    channels: list[Channel] = Field(default_factory=lambda: list(Channel))
    without_relay: bool = False
    """Played on the phone once more, over a line whose relay does not work."""
    given: dict[str, str] = Field(default_factory=dict)
    """Orders and the state that they are put into first."""
    rows: dict[str, dict[str, dict[str, Any]]] = Field(default_factory=dict)
    """More that is set first: by table and key, columns; "-5d" is the moment five days ago."""
    policies: dict[str, dict[str, Any]] = Field(default_factory=dict)
    """What this shop has decided otherwise: by section, rules."""
    turns: list[Step]
    then: Then


def read(path: Path) -> Scenario:
    """Read a page; a word that the format does not know is an error."""
    return Scenario.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))


def each(words: Words) -> list[str]:
    """Return one or several expectations as a list."""
    return [words] if isinstance(words, str) else words
