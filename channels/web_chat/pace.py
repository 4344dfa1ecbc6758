"""How fast one visitor may write."""

from collections import OrderedDict, deque
from time import monotonic

WINDOW_SECONDS = 60.0


MOST_KEPT = 10_000


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


class Paces:
    """One pace each for whoever asks; who has not asked for long is forgotten first."""

    def __init__(self, per_minute: int) -> None:
        self._per_minute = per_minute
        self._paces: OrderedDict[str, Pace] = OrderedDict()

    def allow(self, whom: str) -> bool:
        """Return whether one more is fine from them now, and count it if so."""
        pace = self._paces.setdefault(whom, Pace(self._per_minute))
        self._paces.move_to_end(whom)
        if len(self._paces) > MOST_KEPT:
            self._paces.popitem(last=False)
        return pace.allows()
