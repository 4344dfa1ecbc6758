"""How long a caller is left in silence."""

from dataclasses import dataclass, field

from channels.clock import Clock, WallClock


@dataclass(frozen=True, slots=True)
class Patience:
    """After how many seconds the line itself says something."""

    greeting: float = 4.0
    """While the caller hears our first words."""
    answer: float = 2.0
    """While the assistant thinks; nobody shall hear nothing for three seconds."""
    person: float = 30.0
    """While a person is awaited."""
    keys: float = 4.0
    """After how long a pause a number that is being keyed in counts as finished."""
    words: int = 5
    """Until a caller who says nothing is asked again."""
    moment: int = 40
    """Until a caller who has asked for a moment is asked again."""
    store: float = 5.0
    """While the store is out of reach in mid-call."""
    wait: int = 1
    """For how long the caller may say something while the assistant thinks, without a relay."""
    news: int = 2
    """Between two looks for a person's words, where there is no relay."""
    clock: Clock = field(default_factory=WallClock)
    """By which all of it goes."""


def usual_patience() -> Patience:
    """Return how long callers wait."""
    return Patience()
