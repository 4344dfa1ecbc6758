"""Sums of money."""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from bot.entities.lexicons import any_of, lexicon
from bot.entities.named import Named
from bot.entities.said import Said
from bot.entities.small import small_words

SUM = r"\d{1,9}(?:[.,]\d{1,9})*(?:·\d{1,9})*"
BEGINS = r"(?<![\w.,·-])"
LARGEST = Decimal(10) ** 9


def amounts(said: Said) -> Iterator[Named]:
    """Find sums with their currency; a number without one is none."""
    if said.has_figures:
        yield from _with_figures(said)
    if not said.has_any(_names()):
        return
    for match in _single().finditer(said.plain):
        yield _named(match.span(), Decimal(1), _currency(match["currency"], "after"), said)
    for match in _hundredths().finditer(said.plain):
        currency = _currency(match["currency"], "hundredths")
        yield _named(match.span(), Decimal(match["sum"]) / 100, currency, said)


def _with_figures(said: Said) -> Iterator[Named]:
    for match in _before().finditer(said.plain):
        yield from _amount(match, "sum", _currency(match["currency"], "before"), said)
    for match in _after().finditer(said.plain):
        currency = _currency(match["currency"], "after")
        if match["lowest"]:
            yield from _amount(match, "lowest", currency, said)
        yield from _with_cents(match, currency, said)


def _amount(match: "re.Match[str]", part: str, currency: str, said: Said) -> Iterator[Named]:
    value = _value(match[part])
    span = match.span() if part == "sum" else match.span(part)
    if value is not None:
        yield _named(span, value, currency, said)


def _with_cents(match: "re.Match[str]", currency: str, said: Said) -> Iterator[Named]:
    value, start = _value(match["sum"]), match.start("sum")
    if value is None:
        return
    goes_on = said.after(match.end())
    if match["cents"] and (match["word"] or not goes_on or goes_on in small_words()):
        yield _named((start, match.end()), value + Decimal(match["cents"]) / 100, currency, said)
    else:
        yield _named((start, match.end("currency")), value, currency, said)


def _named(span: tuple[int, int], value: Decimal, currency: str, said: Said) -> Named:
    return said.named("amount", span, f"{value.quantize(Decimal('0.01'))} {currency}")


def _value(written: str) -> Decimal | None:
    """Read "1.299,00", "1,299.00" and what was spoken as "19·90"."""
    whole, *spoken = written.split("·")
    if len(spoken) == 1 and len(spoken[0]) == 2:
        whole, spoken = f"{whole},{spoken[0]}", []
    parts = re.split("[.,]", "".join((whole, *spoken)))
    cents = parts.pop() if len(parts) > 1 and len(parts[-1]) < 3 else "0"
    value = Decimal(f"{''.join(parts)}.{cents}")
    return value if value < LARGEST else None


def _currency(word: str, kind: str) -> str:
    currencies = lexicon("money")[kind].items()
    return str(next(code for code, words in currencies if word in words))


@cache
def _words(kind: str) -> str:
    words = [re.escape(word) for several in lexicon("money")[kind].values() for word in several]
    return f"(?P<currency>{any_of(words)})"


@cache
def _names() -> frozenset[str]:
    words = lexicon("money")["after"], lexicon("money")["hundredths"]
    return frozenset(word for kind in words for several in kind.values() for word in several)


@cache
def _before() -> "re.Pattern[str]":
    return re.compile(rf"(?<![\w$€£])(?<!\d ){_words('before')} ?(?P<sum>{SUM})(?![\w·])")


@cache
def _after() -> "re.Pattern[str]":
    joint = "(?: (?:bis|und|to|and|oder|or|statt|instead of|nicht|not) | ?- ?)"
    lowest = rf"(?:(?P<lowest>{SUM}){joint})?"
    cents = r"(?: (?:und |and )?(?P<cents>\d\d)(?!\w)(?P<word> ?(?:cents?|pence|rappen))?)?"
    return re.compile(
        rf"{BEGINS}{lowest}(?P<sum>{SUM})(?:,-+)?[ -]?{_words('after')}(?!\w){cents}(?!\w)"
    )


@cache
def _single() -> "re.Pattern[str]":
    return re.compile(rf"(?<!\w){any_of(lexicon('money')['one'])} {_words('after')}(?!\w)")


@cache
def _hundredths() -> "re.Pattern[str]":
    return re.compile(rf"{BEGINS}(?P<sum>\d{{1,2}})[ -]?{_words('hundredths')}(?!\w)")
