"""How long customers wait for a person, reckoned from those who have waited. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import ceil
from statistics import median
from typing import Final

FEWEST: Final = 5
"""With fewer who have waited, nothing can be said."""
MOST: Final = 20
RECENT: Final = timedelta(hours=3)
_MINUTE: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A customer's place in the queue, and about how many minutes it takes, if that is known."""

    place: int
    minutes: int | None


def expected_minutes(waits: Sequence[timedelta]) -> int | None:
    """Return the middle of what others have waited, in begun minutes; None for too few of them.

    Whoever gave up has waited at least so long, and counts with that.
    """
    if len(waits) < FEWEST:
        return None
    return max(1, ceil(median(wait / _MINUTE for wait in waits)))
