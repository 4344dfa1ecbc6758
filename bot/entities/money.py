"""Sums of money."""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from bot.entities.calendar import months
from bot.entities.lexicons import any_of, lexicon
from bot.entities.named import Named
from bot.entities.said import Said
from bot.entities.small import may_follow

SUM = (
    r"(?:\d{1,9} (?:komma|comma|point) \d{1,2}(?:·\d)?(?!\d)|\d{1,9}(?:[.,]\d{1,9})*(?:·\d{1,9})*)"
)
BEGINS = r"(?<![\w.,·-])"
CENTS = (
    r"(?=(?P<joint> und| and)? (?P<cents>\d\d?)(?P<word> ?{words}(?!\w))?"
    r"(?![\w·%€$£]|[.,:/-]\d)|)"
)
LARGEST = Decimal(10) ** 9


def amounts(said: Said) -> Iterator[Named]:
    """Find sums with their currency; a number without one is none."""
    named = said.has_any(_names())
    if named:
        for match in _single().finditer(said.plain):
            yield _with_cents(match, Decimal(1), "after", said)
    if said.has_figures:
        yield from _with_figures(said)
    if named:
        for match in _hundredths().finditer(said.plain):
            currency = _currency(match["currency"], "hundredths")
            yield _named(match.span(), Decimal(match["sum"]) / 100, currency, said)


def _with_figures(said: Said) -> Iterator[Named]:
    for match in _before().finditer(said.plain):
        value = _value(match["sum"])
        if value is not None:
            yield _with_cents(match, value, "before", said)
    for match in _after().finditer(said.plain):
        lowest, value = _value(match["lowest"] or ""), _value(match["sum"])
        if lowest is not None:
            currency = _currency(match["currency"], "after")
            yield _named(match.span("lowest"), lowest, currency, said)
        if value is not None:
            yield _with_cents(match, value, "after", said)


def _with_cents(match: "re.Match[str]", value: Decimal, kind: str, said: Said) -> Named:
    """Name a sum, with the cents that are said after its currency, if they are that."""
    start = match.start("sum") if kind == "after" else match.start()
    end, cents = match.end(), Decimal(0)
    if match["cents"] and value == int(value) and _are_cents(match, said):
        end, cents = match.end("word" if match["word"] else "cents"), Decimal(match["cents"])
    return _named((start, end), value + cents / 100, _currency(match["currency"], kind), said)


def _are_cents(match: "re.Match[str]", said: Said) -> bool:
    """Tell "12 euros 50" from "12 euros 50 pieces" and "3 Euro, 5. Mai"."""
    if match["word"]:
        return True
    end = match.end("cents")
    goes_on = said.after(end)
    if said.whole.startswith(".", end) and said.after(end + 1) in months():
        return False
    if goes_on in lexicon("units")["measures"] or (match["joint"] and len(match["cents"]) < 2):
        return False
    return may_follow(goes_on)


def _named(span: tuple[int, int], value: Decimal, currency: str, said: Said) -> Named:
    return said.named("amount", span, f"{value.quantize(Decimal('0.01'))} {currency}")


def _value(written: str) -> Decimal | None:
    """Read "1.299,00", "1,299.00" and what was spoken as "19·90" or "19 komma 9·0"."""
    if not written:
        return None
    written = re.sub(r" [a-z]+ (\d)·?", r",\1", written)
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
    return re.compile(rf"(?<![\w$€£])(?<!\d ){_words('before')} ?(?P<sum>{SUM})(?![\w·]){_cents()}")


@cache
def _after() -> "re.Pattern[str]":
    joint = "(?: (?:bis|und|to|and|oder|or|statt|instead of|nicht|not) | ?- ?)"
    lowest = rf"(?:(?P<lowest>{SUM}){joint})?"
    return re.compile(
        rf"{BEGINS}{lowest}(?P<sum>{SUM})(?:,-+)?[ -]?{_words('after')}(?!\w){_cents()}"
    )


@cache
def _single() -> "re.Pattern[str]":
    one = any_of(lexicon("money")["one"])
    return re.compile(rf"(?<!\w)(?P<sum>{one}) {_words('after')}(?!\w){_cents()}")


@cache
def _cents() -> str:
    return CENTS.format(words=any_of(lexicon("money")["after_cents"]))


@cache
def _hundredths() -> "re.Pattern[str]":
    return re.compile(rf"{BEGINS}(?P<sum>\d{{1,2}})[ -]?{_words('hundredths')}(?!\w)")
