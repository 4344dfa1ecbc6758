"""Times told by halves, quarters and minutes: "halb vier", "ten to nine"."""

import re
from collections.abc import Iterator

from bot.entities.clock import BEGINS, ENDS, ONES, may_end, part_of_day, time_of
from bot.entities.lexicons import lexicon
from bot.entities.named import Named
from bot.entities.said import Said
from bot.entities.small import stands_alone

HOUR = r"(?P<hour>\d\d?|one|eins?)"
HALVES = re.compile(rf"(?<!\w)(?P<half>half past|half|halb) {HOUR}{ENDS}(?: uhr)?")
QUARTERS = re.compile(
    rf"(?<!\w)(?:a )?(?P<quarter>viertel|quarter|dreiviertel|drei viertel)"
    rf"(?: (?P<side>vor|nach|past|to|after|before))? {HOUR}{ENDS}(?: uhr)?"
)
MINUTES = re.compile(
    rf"{BEGINS}(?P<minutes>\d\d?)(?: minuten| minutes)? (?P<side>vor|nach|past|to)"
    rf" (?P<half>halb )?{HOUR}{ENDS}(?: uhr)?"
)
ENGLISH_STEPS = (5, 10, 20, 25)


def fractions(said: Said) -> Iterator[Named]:
    """Find times before and after an hour; "eine halbe Stunde" is none."""
    for pattern in (MINUTES, QUARTERS, HALVES):
        for match in pattern.finditer(said.plain):
            minutes = _minutes(match, said)
            if minutes is not None and may_end(said, match.end()):
                yield from _fraction(match, minutes, said)


def _minutes(match: "re.Match[str]", said: Said) -> int | None:
    """Return the minutes from the hour on, negative before it."""
    parts = match.groupdict()
    if parts.get("quarter"):
        return _quarter(parts["quarter"], parts["side"])
    half = -30 if parts["half"] in ("halb", "halb ") else 30 * bool(parts["half"])
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
    return {"viertel": -45, "dreiviertel": -15, "drei viertel": -15}.get(quarter)


def _is_time_to(match: "re.Match[str]", minutes: int, said: Said) -> bool:
    before = said.before(match.start())
    asked = before in lexicon("clock")["before_minutes"] or stands_alone(said, match.span())
    return asked and minutes in ENGLISH_STEPS


def _fraction(match: "re.Match[str]", minutes: int, said: Said) -> Iterator[Named]:
    named = 1 if match["hour"] in ONES else int(match["hour"])
    hours, minute = divmod(named * 60 + minutes, 60)
    value = time_of(hours or 12, minute, part_of_day(said.whole))
    if value:
        yield said.named("time", match.span(), value)
