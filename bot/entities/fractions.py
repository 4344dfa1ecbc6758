"""Times told by halves, quarters and minutes: "halb vier", "ten to nine"."""

import re
from collections.abc import Iterator
from functools import cache

from bot.entities.clock import BEGINS, ENDS, ONES, Moment, may_end, part_of_day, time_of
from bot.entities.lexicons import lexicon
from bot.entities.said import Said
from bot.entities.small import stands_alone

HOUR = r"(?P<hour>\d\d?|one|eins?)"
HALVES = re.compile(rf"(?<!\w)(?P<half>half past|half|halb|halber) {HOUR}{ENDS}(?: uhr)?")
QUARTERS = re.compile(
    rf"(?<!\w)(?:a )?(?P<quarter>viertel|quarter|dreiviertel|(?:drei|3) viertel)"
    rf"(?: (?P<side>vor|nach|ueber|ab|past|to|after|before))? {HOUR}{ENDS}(?: uhr)?"
)
MINUTES = re.compile(
    rf"{BEGINS}(?P<minutes>\d\d?)(?: minuten| minutes)? (?P<side>vor|nach|past|to)"
    rf" (?P<half>halb )?{HOUR}{ENDS}(?: uhr)?"
)
STEPS = (5, 10, 20, 25)


def fractions(said: Said) -> Iterator[Moment]:
    """Find times before and after an hour; "eine halbe Stunde" is none."""
    for pattern in (MINUTES, QUARTERS, HALVES):
        for match in pattern.finditer(said.plain):
            minutes = _minutes(match, said)
            if minutes is not None and _is_time(match, said):
                yield from _fraction(match, minutes, said)


def _minutes(match: "re.Match[str]", said: Said) -> int | None:
    """Return the minutes from the hour on, negative before it."""
    parts = match.groupdict()
    if parts.get("quarter"):
        return _quarter(parts["quarter"], parts["side"])
    half = -30 if parts["half"] in ("halb", "halber", "halb ") else 30 * bool(parts["half"])
    if not parts.get("minutes"):
        return half
    minutes, side = int(parts["minutes"]), parts["side"]
    if minutes >= 30 or (side == "to" and not _is_time_to(match, minutes, said)):
        return None
    return half + (-minutes if side in lexicon("clock")["to"] else minutes)


def _quarter(quarter: str, side: str | None) -> int | None:
    if side:
        return -15 if side in lexicon("clock")["to"] else 15
    # "Viertel vier" and "dreiviertel vier" are on the way to four.
    return {"quarter": None, "viertel": -45}.get(quarter, -15)


def _is_time_to(match: "re.Match[str]", minutes: int, said: Said) -> bool:
    before = said.before(match.start())
    asked = before in lexicon("clock")["before_minutes"] or stands_alone(said, match.span())
    return asked and minutes in STEPS


def _is_time(match: "re.Match[str]", said: Said) -> bool:
    """Tell "zehn nach acht" from "zehn nach acht Wochen", and "half 5" from "half 5 metres"."""
    if said.after(match.end()) in _measures():
        return False
    surely = said.before(match.start()) in lexicon("clock")["before_fraction"]
    return surely or _is_plainly_time(match) or may_end(said, match.end())


def _is_plainly_time(match: "re.Match[str]") -> bool:
    """Tell whether so it is only said of times, whatever follows."""
    parts = match.groupdict()
    if parts.get("minutes"):
        return bool(parts["half"]) or int(parts["minutes"]) in STEPS
    if parts.get("quarter"):
        return bool(parts["side"]) or parts["quarter"] not in ("viertel", "quarter")
    return parts["half"] != "half"


def _fraction(match: "re.Match[str]", minutes: int, said: Said) -> Iterator[Moment]:
    named = 1 if match["hour"] in ONES else int(match["hour"])
    hours, minute = divmod(named * 60 + minutes, 60)
    value = time_of(hours or 12, minute, part_of_day(said.whole))
    if value:
        yield Moment(match.span(), value)


@cache
def _measures() -> frozenset[str]:
    currencies = [word for several in lexicon("money")["after"].values() for word in several]
    return frozenset({*lexicon("units")["measures"], *currencies} - {"uhr", "h"})
