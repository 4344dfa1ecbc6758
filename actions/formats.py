"""Dates, prices and lists as each language writes them."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Final, Literal

from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_currency

from crm_store.base import Language

_LOCALES: Final = {Language.de: "de_DE", Language.en: "en_GB"}


def spell_date(day: date | datetime, language: Language) -> str:
    """Return a day in words: 25. November 2026, 25 November 2026."""
    return format_date(day, format="long", locale=_LOCALES[language])


def spell_price(amount: Decimal, currency: str, language: Language) -> str:
    """Return a price as a shop of the language writes it."""
    return format_currency(amount, currency, locale=_LOCALES[language])


def spell_list(
    words: Sequence[str],
    language: Language,
    *,
    most: int = 3,
    style: Literal["standard", "or"] = "standard",
) -> str:
    """Return the first words joined as in a sentence, by "and" or by "or"."""
    return format_list(list(words[:most]), style=style, locale=_LOCALES[language])
