"""Days and stretches of days, reckoned from today."""

import re
from calendar import monthrange
from datetime import date, timedelta
from functools import cache

from babel import Locale

from bot.entities.folding import folded
from bot.entities.lexicons import lexicon

Stretch = tuple[date, date]
LOCALES = ("de", "de_AT", "en", "en_GB")
SUNDAY = 6


@cache
def months() -> dict[str, int]:
    """Return the names of months, in plain form and without a dot, and their numbers."""
    return {**_names("months"), **_listed(lexicon("calendar")["months"])}


@cache
def weekdays() -> dict[str, int]:
    """Return the full names of weekdays, in plain form, and their numbers from Monday, 0, on."""
    return {**_names("days"), **_listed(lexicon("calendar")["weekdays"])}


@cache
def short_weekdays() -> dict[str, int]:
    """Return the short names of weekdays; most of them are other words as well."""
    return _listed(lexicon("calendar")["short_weekdays"])


def day_of(year: int, month: int, day: int) -> date | None:
    """Return that day, or None where the calendar has none."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def nearest(month: int, day: int, today: date) -> date | None:
    """Return the day of that month which is nearest to today, before or after."""
    years = (day_of(today.year + shift, month, day) for shift in range(-4, 5))
    return min(filter(None, years), key=lambda found: abs(found - today), default=None)


def nearest_month(month: int, today: date) -> Stretch:
    """Return the nearest month of that name; of two equally far, the one gone by."""
    shift = (month - today.month + 5) % 12 - 5
    shift = shift if shift < 6 else shift - 12
    return month_from(today, shift)


def next_day_of_month(day: int, today: date) -> date | None:
    """Return the next day with that number."""
    for shift in range(3):
        first, last = month_from(today, shift)
        if day <= last.day and first.replace(day=day) >= today:
            return first.replace(day=day)
    return None


def weekday_from(today: date, weekday: int, weeks: int = 0) -> date:
    """Return the next such weekday after today, or so many weeks later or earlier."""
    return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1 + 7 * weeks)


def weekday_before(today: date, weekday: int) -> date:
    """Return the last such weekday before today."""
    return today - timedelta(days=(today.weekday() - weekday - 1) % 7 + 1)


def week_from(today: date, weeks: int) -> Stretch:
    """Return the week, from Monday on, so many weeks from this one."""
    monday = today - timedelta(days=today.weekday()) + timedelta(weeks=weeks)
    return monday, monday + timedelta(days=6)


def weekend_from(today: date, weeks: int) -> Stretch:
    """Return Saturday and Sunday of such a week."""
    _, sunday = week_from(today, weeks)
    return sunday - timedelta(days=1), sunday


def month_from(today: date, shift: int) -> Stretch:
    """Return the month so many months from this one."""
    years, month = divmod(today.month - 1 + shift, 12)
    return whole_month(today.year + years, month + 1)


def whole_month(year: int, month: int) -> Stretch:
    """Return a month's first and last day."""
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def whole_year(year: int) -> Stretch:
    """Return a year's first and last day."""
    return date(year, 1, 1), date(year, 12, 31)


def shifted(day: date, unit: str, count: int) -> date:
    """Return the day so many days, weeks, fortnights, months or years away."""
    if unit in ("month", "year"):
        first, last = month_from(day, count * (12 if unit == "year" else 1))
        return first.replace(day=min(day.day, last.day))
    return day + timedelta(days=count * {"day": 1, "week": 7, "fortnight": 14}[unit])


def part_of(stretch: Stretch, part: str) -> Stretch:
    """Return the first, middle or last third of a stretch."""
    first, last = stretch
    days = (last - first).days + 1
    third = days // 3
    starts = {"start": 0, "middle": third, "end": 2 * third}
    start = first + timedelta(days=starts[part])
    return start, last if part == "end" else start + timedelta(days=third - 1)


def holiday(rule: str, year: int) -> date:
    """Return a holiday's day in a year, from its rule in the lexicon."""
    if rule.startswith("easter"):
        return easter(year) + timedelta(days=int(rule.removeprefix("easter")))
    numbers = [int(number) for number in re.findall(r"\d+", rule)]
    match numbers:
        case [month, day]:
            return date(year, month, day)
        case _:
            return _by_weekday(rule, year, numbers[0])


def easter(year: int) -> date:
    """Return Easter Sunday, by the anonymous Gregorian computus."""
    century, rest = divmod(year, 100)
    moon = (19 * (year % 19) + century - century // 4 - (8 * century + 13) // 25 + 15) % 30
    week = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    shift = (year % 19 + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * shift + 114, 31)
    return date(year, month, day + 1)


def _by_weekday(rule: str, year: int, month: int) -> date:
    first = date(year, month, 1) - timedelta(days=1)
    if rule.startswith("second sunday"):
        return weekday_from(first, SUNDAY, weeks=1)
    return weekday_from(first, 3, weeks=3) + timedelta(days=1)


def _names(kind: str) -> dict[str, int]:
    return {
        folded(name): number
        for locale in LOCALES
        for number, name in getattr(Locale.parse(locale), kind)["format"]["wide"].items()
    }


def _listed(words: dict[str, list[str]]) -> dict[str, int]:
    return {word: int(number) for number, several in words.items() for word in several}
