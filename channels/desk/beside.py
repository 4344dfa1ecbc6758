"""Which colleagues look at a conversation or write in it: told from page to page, kept nowhere."""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from time import monotonic
from uuid import UUID

from channels.hub import Hub
from crm_store.agents.models import Agent

SAYS_SO_EVERY = 15.0
"""Whoever has not been heard of for much longer has gone without a word."""


class Doing(StrEnum):
    """What a colleague does there."""

    comes = "comes"
    """Looks from now on, and does not know yet who else does."""
    looks = "looks"
    writes = "writes"
    leaves = "leaves"


class Beside:
    """An agent among others at the same conversation."""

    def __init__(self, conversation: UUID, agent: Agent, *, hub: Hub) -> None:
        self._conversation = conversation
        self._me = agent.id
        self._hub = hub
        self._said_so = 0.0

    def come(self) -> None:
        """Tell the others, who will tell of themselves."""
        self._tell(Doing.comes)

    def stay(self) -> None:
        """Tell the others once in a while."""
        if monotonic() - self._said_so > SAYS_SO_EVERY:
            self._tell(Doing.looks)

    def leave(self) -> None:
        """Tell the others at once."""
        self._tell(Doing.leaves)

    def others(self, notes: Iterable[str]) -> Iterator[tuple[UUID, Doing]]:
        """Yield what colleagues do by the notes of a bell; whoever comes is told of oneself."""
        for note in notes:
            what, _, whose = note.partition(":")
            if what in set(Doing) and UUID(whose) != self._me:
                if what == Doing.comes:
                    self._tell(Doing.looks)
                yield UUID(whose), Doing(what)

    def _tell(self, doing: Doing) -> None:
        self._said_so = monotonic()
        self._hub.tell(self._conversation, f"{doing}:{self._me}")


def tell_writing(hub: Hub, conversation: UUID, agent: Agent) -> None:
    """Let the others see that an agent writes."""
    hub.tell(conversation, f"{Doing.writes}:{agent.id}")
