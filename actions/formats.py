"""Dates, prices and lists as each language writes them."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby
from typing import Final, Literal, get_args

from babel.dates import format_date, format_time, get_day_names
from babel.lists import format_list
from babel.numbers import format_currency

from crm_store.base import Language
from crm_store.catalogue.vocabulary import Facet, vocabulary
from crm_store.strategy.policies import Weekday

_LOCALES: Final = {Language.de: "de_DE", Language.en: "en_GB"}
_DAYS: Final = {Language.de: "EEEE, d. MMMM", Language.en: "EEEE d MMMM"}
_SIGNS: Final = {Language.de: ("ät", "Punkt"), Language.en: ("at", "dot")}
_TIMES: Final = {Language.de: ("H 'Uhr'", "H:mm 'Uhr'"), Language.en: ("h a", "h:mm a")}
"""Patterns for a whole hour and for any other time."""


def spell_date(day: date | datetime, language: Language) -> str:
    """Return a day in words: 25. November 2026, 25 November 2026."""
    return format_date(day, format="long", locale=_LOCALES[language])


def spell_price(amount: Decimal, currency: str, language: Language) -> str:
    """Return a price as a shop of the language writes it."""
    return format_currency(amount, currency, locale=_LOCALES[language])


def spell_form(key: str, language: Language) -> str:
    """Return how something is said to come as a format: "on CD"."""
    return vocabulary().borne(Facet.form, key, language)


def spell_list(
    words: Sequence[str],
    language: Language,
    *,
    most: int = 3,
    style: Literal["standard", "or"] = "standard",
) -> str:
    """Return the first words joined as in a sentence, by "and" or by "or"."""
    return format_list(list(words[:most]), style=style, locale=_LOCALES[language])


def spell_day(day: date | datetime, language: Language) -> str:
    """Return a near day in words, with its name: Mittwoch, 25. November; Wednesday 25 November."""
    return format_date(day, format=_DAYS[language], locale=_LOCALES[language])


def spell_time(moment: datetime, language: Language) -> str:
    """Return a local moment's time as it is said: 9 Uhr, 9:30 Uhr; 9 am, 9:30 am."""
    whole, part = _TIMES[language]
    return format_time(moment, format=part if moment.minute else whole, locale=_LOCALES[language])


def spell_moment(moment: datetime, language: Language) -> str:
    """Return a local moment's day and time in words: Mittwoch, 25. November, 9 Uhr."""
    return f"{spell_day(moment, language)}, {spell_time(moment, language)}"


def spell_week(hours: Mapping[Weekday, str], language: Language) -> str:
    """Return a week's hours, days with the same ones together: Mo.–Mi. 09:00–18:00, …"""
    names = get_day_names("abbreviated", locale=_LOCALES[language])
    runs = groupby(enumerate(get_args(Weekday)), key=lambda day: hours.get(day[1]))
    stretches = []
    for spoken, run in runs:
        if spoken is None:
            continue
        days = [names[place] for place, _ in run]
        named = days[0] if len(days) == 1 else f"{days[0]}–{days[-1]}"
        stretches.append(f"{named} {spoken.replace('-', '–')}")
    return ", ".join(stretches)


def spell_spoken_email(address: str, language: Language) -> str:
    """Return an e-mail address as it is read aloud: service at belcanto dot example."""
    at, dot = _SIGNS[language]
    return address.replace("@", f" {at} ").replace(".", f" {dot} ")
