"""How long to wait before trying again."""

from collections.abc import Iterator

FIRST = 0.5
LONGEST = 30.0


def delays(first: float = FIRST, longest: float = LONGEST) -> Iterator[float]:
    """Give seconds, doubling from the first to the longest, for ever."""
    delay = first
    while True:
        yield min(delay, longest)
        delay = min(delay * 2, longest)
