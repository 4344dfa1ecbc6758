"""A stage for actions: a store with something in it, and a way to hear what is said."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

import numpy as np
import pytest
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker
from rasa_sdk.types import DomainDict

from actions.base import StoreAction
from actions.wiring import Parts
from crm_store.base import Base
from crm_store.catalogue.encoders import Encoder, Vectors
from crm_store.db import SessionFactory
from crm_store.suggestions.service import Suggester
from tests.builders import NOW, the_domain


class NoEncoder(Encoder):
    """Stands where no text is encoded."""

    name = "none"
    dimensions = 3

    def encode(self, texts: Sequence[str]) -> Vectors:
        return np.eye(3, dtype=np.float32)[[len(text) % 3 for text in texts]]


@dataclass
class Clock:
    """A clock that a test sets."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Heard:
    """What came of an action."""

    responses: list[dict[str, Any]]
    events: list[dict[str, Any]]
    names: list[str] = field(init=False)

    def __post_init__(self) -> None:
        self.names = [said["response"] or "" for said in self.responses]

    @property
    def slots(self) -> dict[str, Any]:
        return {e["name"]: e["value"] for e in self.events if e["event"] == "slot"}

    @property
    def followup(self) -> str | None:
        return next((e["name"] for e in self.events if e["event"] == "followup"), None)


Play = Callable[[type[StoreAction], Tracker], Awaitable[Heard]]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def parts(sessions: SessionFactory, clock: Clock) -> Parts:
    return Parts(sessions=sessions, suggester=Suggester(NoEncoder()), code_key=b"key", now=clock)


@pytest.fixture
def play(parts: Parts) -> Play:
    """Run an action as the bot would; whatever it says must be in the domain."""

    async def run(action: type[StoreAction], tracker: Tracker) -> Heard:
        said = CollectingDispatcher()
        events = await action(parts).run(said, tracker, cast(DomainDict, the_domain()))
        heard = Heard(said.messages, events)
        unknown = {name for name in heard.names if name} - set(the_domain()["responses"])
        assert not unknown
        return heard

    return run


async def kept(sessions: SessionFactory, *rows: Base) -> None:
    """Put rows into the store, those that others refer to first."""
    async with sessions.begin() as session:
        for row in rows:
            session.add(row)
            await session.flush()
