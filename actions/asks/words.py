"""Answers in free words, and answers that the bot has already found as an entity."""

from collections.abc import Iterable
from typing import Any

from actions.asks.ask import Ask
from actions.base import ActionTurn
from crm_store.base import Json

FEWEST_LETTERS = 2
LONGEST = 1000


class TextAsk(Ask):
    """Whatever the customer says, in their own words: a reason, a complaint, a name."""

    free = True

    def __init__(
        self,
        name: str,
        response: str,
        *,
        again: str | None = None,
        takes: Iterable[str] = (),
        begins: bool = False,
        fewest_words: int = 1,
    ) -> None:
        super().__init__(name, response, again=again)
        self.takes = frozenset(takes)  # type: ignore[misc] # each question has its own
        self._begins = begins
        self._fewest_words = fewest_words

    async def overheard(self, turn: ActionTurn, given: Json) -> str | None:
        """Return the words that began the errand, where they say enough to be the answer."""
        if not self._begins or self.name in given or turn.chosen:
            return None
        return self._said(turn, fewest=self._fewest_words)

    async def heard(self, turn: ActionTurn, given: Json) -> str | None:
        """Return the words as they are; a mere yes or no says nothing."""
        return None if turn.intent in {"affirm", "deny"} else self._said(turn, fewest=1)

    def _said(self, turn: ActionTurn, *, fewest: int) -> str | None:
        words = turn.text.strip()[:LONGEST]
        letters = sum(letter.isalpha() for letter in words)
        enough = letters >= FEWEST_LETTERS and len(words.split()) >= fewest
        return words if enough else None


class EntityAsk(Ask):
    """Something that the bot finds in any sentence: a number, a day, an address."""

    def __init__(
        self,
        name: str,
        response: str,
        *,
        entity: str | None = None,
        again: str | None = None,
        takes: Iterable[str] = (),
        digits: bool = False,
    ) -> None:
        super().__init__(name, response, again=again)
        self._entity = entity or name
        self.takes = frozenset(takes)  # type: ignore[misc] # each question has its own
        self.digits = digits  # type: ignore[misc] # each question has its own

    async def overheard(self, turn: ActionTurn, given: Json) -> Any:
        """Return the entity, wherever it is said."""
        return turn.entity(self._entity)

    async def heard(self, turn: ActionTurn, given: Json) -> Any:
        """Return the entity."""
        return turn.entity(self._entity)
