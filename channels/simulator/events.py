"""What a caller notices of a call."""

from dataclasses import dataclass, field
from time import perf_counter


@dataclass(frozen=True, slots=True)
class Connected:
    """Somebody picked up."""

    call: str


@dataclass(frozen=True, slots=True)
class Spoken:
    """A piece of speech; `last` ends a talk."""

    text: str
    language: str
    last: bool = True
    at: float = field(default_factory=perf_counter, compare=False)
    """When it was spoken, whenever somebody looks."""


@dataclass(frozen=True, slots=True)
class Problem:
    """The other side did something that Twilio would not take."""

    text: str


@dataclass(frozen=True, slots=True)
class Ended:
    """The line is dead."""

    reason: str


Event = Connected | Spoken | Problem | Ended
