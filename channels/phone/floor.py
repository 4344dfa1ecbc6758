"""Who may speak: nobody talks into a caller's words."""

from channels.clock import Clock


class Floor:
    """The caller's from when they begin to speak until they stop, or for some seconds.

    That they have stopped is not always told.
    """

    def __init__(self, clock: Clock, *, at_most: float) -> None:
        self._clock = clock
        self._at_most = at_most
        self._until: float | None = None

    @property
    def taken(self) -> bool:
        """Whether the caller speaks."""
        return self.left > 0

    @property
    def left(self) -> float:
        """For how many seconds at most it is the caller's still."""
        return 0 if self._until is None else max(self._until - self._clock.now(), 0)

    def take(self) -> None:
        """The caller begins to speak, or to key something in."""
        self._until = self._clock.now() + self._at_most

    def give_back(self) -> None:
        """The caller has stopped."""
        self._until = None
