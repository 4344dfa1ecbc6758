"""Which free agent a waiting customer is offered to. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from crm_store.base import Language


@dataclass(frozen=True, slots=True)
class Free:
    """An agent who could take one more."""

    agent_id: UUID
    skills: frozenset[str]
    languages: frozenset[str]
    load: int
    """How many they have already."""
    takes_chats: bool
    takes_calls: bool
    idle_since: datetime

    def takes(self, *, by_phone: bool) -> bool:
        """Return whether there is room for one more of this kind."""
        return self.takes_calls if by_phone else self.takes_chats

    def fits(self, department: str | None, language: Language) -> bool:
        """Return whether they answer for it, in this language."""
        speaks = not self.languages or language in self.languages
        knows = department is None or not self.skills or department in self.skills
        return speaks and knows


@dataclass(frozen=True, slots=True)
class Waits:
    """A customer whom nobody is offered yet, as far as it matters for whom to ask."""

    department: str | None
    language: Language
    by_phone: bool
    is_wide: bool
    """Whether anybody will do by now."""
    wanted: UUID | None = None
    last: UUID | None = None
    """Who had this customer last."""
    let_pass: Mapping[UUID, int] = field(default_factory=dict)
    """How often an agent has let them pass."""
    not_now: frozenset[UUID] = frozenset()
    """Who has let them pass just now."""


def best_for(waits: Waits, free: Iterable[Free]) -> Free | None:
    """Return whom to ask: who fits, whom the customer knows or wants, who has least to do.

    Whoever has let the customer pass is asked after those who have not been asked.
    """
    able = [
        agent
        for agent in free
        if agent.takes(by_phone=waits.by_phone) and agent.agent_id not in waits.not_now
    ]
    fitting = [agent for agent in able if agent.fits(waits.department, waits.language)]
    if not fitting and waits.is_wide:
        fitting = able
    return min(fitting, key=lambda agent: _order(waits, agent), default=None)


def _order(waits: Waits, agent: Free) -> tuple[int, bool, bool, int, datetime]:
    return (
        waits.let_pass.get(agent.agent_id, 0),
        agent.agent_id != waits.wanted,
        agent.agent_id != waits.last,
        agent.load,
        agent.idle_since,
    )
