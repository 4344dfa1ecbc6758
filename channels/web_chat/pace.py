"""How fast one visitor may write."""

from collections import deque
from time import monotonic

WINDOW_SECONDS = 60.0


class Pace:
    """Counts the messages of the last minute against a limit."""

    def __init__(self, per_minute: int) -> None:
        self._per_minute = per_minute
        self._sent: deque[float] = deque()

    def allows(self) -> bool:
        """Return whether one more message is fine now, and count it if so."""
        now = monotonic()
        while self._sent and now - self._sent[0] > WINDOW_SECONDS:
            self._sent.popleft()
        if len(self._sent) >= self._per_minute:
            return False
        self._sent.append(now)
        return True
