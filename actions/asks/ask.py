"""One thing that an errand must know."""

from abc import ABC, abstractmethod
from typing import Any, ClassVar

from actions.base import ActionTurn
from crm_store.base import Json

ANYHOW = frozenset({"affirm", "deny", "inform", "correct", "nlu_fallback", "out_of_scope"})
"""Intents that are always taken as the answer that is awaited."""


class NotAnAnswer(Exception):  # noqa: N818 - it names what was said, not a failure
    """The words may be meant as the answer, and cannot be one; the response says why."""

    def __init__(self, response: str, **values: Any) -> None:
        super().__init__(response)
        self.response, self.values = response, values


class Refused(Exception):  # noqa: N818 - it names a decision, not a failure
    """The errand cannot be done; the response says why and what can be done instead."""

    question: ClassVar[str | None] = None
    """What the response asks, as the slot of that name has it."""

    def __init__(self, response: str, **values: Any) -> None:
        super().__init__(response)
        self.response, self.values = response, values
        self.offered: Json | None = None


class PersonNeeded(Refused):
    """It cannot be done here, and the response asks whether a person shall be called in."""

    question = "person"


class OfferedInstead(Refused):
    """It cannot be done, and the response asks whether another errand shall be begun instead.

    What is known already goes along, so that it is not asked for again.
    """

    question = "offer"

    def __init__(
        self, response: str, errand: str, *, given: Json | None = None, **values: Any
    ) -> None:
        super().__init__(response, **values)
        self.offered = {"errand": errand, "given": given or {}}


class Ask(ABC):
    """Knows how to ask for one thing and how to hear it.

    What it returns is kept in a slot, so it is JSON; None stands for "not said".
    """

    takes: ClassVar[frozenset[str]] = frozenset()
    """Intents beside ANYHOW whose words may answer this."""
    entities: ClassVar[frozenset[str]] = frozenset()
    """What makes any words an answer to this if they name it, whatever they seem to wish for."""
    free: ClassVar[bool] = False
    """Whether the answer is free words, which are not to be taken apart."""
    digits: ClassVar[bool] = False
    """Whether a caller may key the answer in."""

    def __init__(self, name: str, response: str, *, again: str | None = None) -> None:
        self.name = name
        self.response = response
        self.again = again or response
        """How it is put when the first answer was none: with an example, say."""

    def needed(self, given: Json) -> bool:
        """Return whether this must be known at all, seeing what is known already."""
        return True

    async def known(self, turn: ActionTurn, given: Json) -> Any:
        """Return what the record or the conversation tells without asking."""
        return None

    async def overheard(self, turn: ActionTurn, given: Json) -> Any:
        """Return what the words say of it, though they were not asked for it."""
        return None

    @abstractmethod
    async def heard(self, turn: ActionTurn, given: Json) -> Any:
        """Return what an answer to this very question says; raise NotAnAnswer to say why not."""

    async def put(self, turn: ActionTurn, given: Json, *, again: bool) -> None:
        """Ask for it."""
        turn.say(self.again if again else self.response)
