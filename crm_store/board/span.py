"""The time that the board looks at, in whole days of the shop."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Span:
    """From the beginning of a day up to now."""

    since: datetime
    until: datetime
    days: tuple[date, ...]

    @classmethod
    def of(cls, days: int, zone: str, until: datetime) -> "Span":
        """Return the last so many days, today among them, up to a moment."""
        local = ZoneInfo(zone)
        today = until.astimezone(local).date()
        named = tuple(today - timedelta(days=back) for back in reversed(range(days)))
        return cls(datetime.combine(named[0], time(), local), until, named)

    def before(self, zone: str) -> "Span":
        """Return as many days before, up to the same time of day."""
        local = ZoneInfo(zone)
        # By the clock on the wall: a day on which it is put back has 25 hours.
        until = self.until.astimezone(local) - timedelta(days=len(self.days))
        return Span.of(len(self.days), zone, until)
