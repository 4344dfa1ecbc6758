"""Hours in figures: "15:30", "3 pm", "neun Uhr fünfzehn"."""

import re
from dataclasses import dataclass

from bot.entities.calendar import weekdays
from bot.entities.clock import ONES, time_of
from bot.entities.said import Said


@dataclass(frozen=True, slots=True)
class Clock:
    """An hour as it was written or said."""

    hour: str
    minute: str | None
    mark: str | None
    """What stands behind it or before the minutes: "uhr", "am", "pm", "o'clock", ":"."""

    @property
    def is_marked(self) -> bool:
        """Whether it cannot be but a time."""
        return self.mark is not None

    def time(self, part: str | None) -> str | None:
        """Return the time that is meant in this part of the day."""
        half = (self.mark or "").replace(".", "")
        hour = 1 if self.hour in ONES else int(self.hour)
        exact = self.hour.startswith("0") and self.minute is not None
        part = half if half in ("am", "pm") else part
        return time_of(hour, int(self.minute or 0), part, exact=exact)


def clock_of(match: "re.Match[str]", number: str, said: Said) -> Clock:
    """Return the hour of that number in a match of its pattern."""
    mark = match[f"mark{number}"]
    if mark == "am" and not _is_forenoon(match, number, said):
        mark = None
    joint = (match[f"joint{number}"] or "").strip(".· ") or None
    return Clock(match[f"hour{number}"], match[f"minute{number}"], mark or joint)


def _is_forenoon(match: "re.Match[str]", number: str, said: Said) -> bool:
    """Tell "3 am" from the German "um 3 am Montag"."""
    place = match.start(f"mark{number}")
    if said.plain[place - 1] != " ":
        return True
    return said.language != "de" and said.after(match.end(f"mark{number}")) not in weekdays()


def one_clock(number: str) -> str:
    """Return the part of a pattern that is an hour, its groups with that number."""
    hour = rf"(?P<hour{number}>\d\d?|one|eins?)"
    mark = rf"(?: ?(?P<mark{number}>uhr|h|o'clock|oclock|o clock|[ap]m|[ap]\.m\.?)(?!\w))"
    minute = rf"(?:(?P<joint{number}>[:.·]| uhr | o'clock )(?P<minute{number}>\d\d)(?!\d))"
    return rf"(?:{hour}{minute}?{mark}?)"
