"""Which colleague a customer names. Pure."""

from collections.abc import Iterator, Sequence
from typing import Final

from rapidfuzz import fuzz, utils

from crm_store.agents.models import Agent

LIKE_ENOUGH: Final = 85
SHORTEST: Final = 3


def agent_named(text: str, agents: Sequence[Agent]) -> Agent | None:
    """Return the one agent whose given or family name the words hold; None if it may be two."""
    said = [word for word in utils.default_process(text).split() if len(word) >= SHORTEST]
    hits = [agent for agent in agents if any(_is_said(part, said) for part in _parts(agent))]
    if len(hits) > 1:
        # "Mia Berger", where there is another Mia.
        hits = [agent for agent in hits if all(_is_said(part, said) for part in _parts(agent))]
    return hits[0] if len(hits) == 1 else None


def _parts(agent: Agent) -> Iterator[str]:
    for part in utils.default_process(agent.name).split():
        if len(part) >= SHORTEST:
            yield part


def _is_said(part: str, words: Sequence[str]) -> bool:
    return any(fuzz.ratio(part, word) >= LIKE_ENOUGH for word in words)
