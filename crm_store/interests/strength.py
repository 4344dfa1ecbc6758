"""How much of an interest is left after a time."""

from datetime import datetime, timedelta


def strength_now(
    strength: float, *, learned_at: datetime, at: datetime, half_life: timedelta
) -> float:
    """Return what is left of a strength: strength * 2 ** (-age / half_life).

    Of what is learned in the future, as where two clocks differ, all is left.
    """
    age = max(at - learned_at, timedelta(0))
    return float(strength * 2.0 ** -(age / half_life))
