"""Numbers of orders and of customers."""

import re
from collections.abc import Iterator
from functools import cache

from bot.entities.folding import folded
from bot.entities.lexicons import any_of, lexicon
from bot.entities.named import Named
from bot.entities.numbers import is_german
from bot.entities.said import Said
from bot.entities.small import begins

DIGITS = r"\d{1,10}(?:·\d{1,10})*"
CUSTOMER = re.compile(
    r"(?<![\w-])c ?-? ?(?P<digits>\d{3,}|\d+(?:·\d+){2,})(?![\w·])", re.IGNORECASE
)
CUSTOMER_NAME = re.compile(r"\b[a-z]+(?:_[a-z]+)*_\d{2,}\b", re.IGNORECASE)
TYPED = re.compile(
    rf"(?:#[ ]?(?P<a>[a-z]?)(?P<a_dash>[ -]?)(?P<a_digits>\d{{1,10}})"
    rf"|(?<![\w-])(?P<b>[a-z])(?P<b_dash> ?- ?)(?P<b_digits>{DIGITS})"
    rf"|(?<![\w-])(?P<c>[a-z])(?P<c_digits>\d{{2,10}}))(?![\w·])(?!-\w)",
    re.IGNORECASE,
)
APART = re.compile(
    rf"(?<![\w·#.'-])(?P<letter>[a-zA-Z])(?:(?<=[A-Z]),)? (?P<digits>{DIGITS})"
    r"(?![\w·%]|[.,:/]\d)"
)
LONG = 4
"""From so many digits on it is written without a dash, and is hardly anything else."""
WORDS_TOO = ("a", "i", "o")


def customer_numbers(said: Said) -> Iterator[Named]:
    """Find "C-1001", however it is spaced or spoken, and names with a number."""
    for match in CUSTOMER.finditer(said.plain):
        yield said.named("customer_number", match.span(), f"C-{_closed_up(match['digits'])}")
    for match in CUSTOMER_NAME.finditer(said.plain):
        yield said.named("customer_number", match.span(), match[0].lower())
    for match in _spoken_name().finditer(said.plain):
        joined = re.sub(f" {_underscore()} ", "_", match[0])
        yield said.named("customer_number", match.span(), _closed_up(joined))


def order_numbers(said: Said) -> Iterator[Named]:
    """Find a letter with a number; "a 17 year old" has none."""
    for match in TYPED.finditer(said.plain):
        # "X20" is also the name of a product.
        if not match["c"] or len(match["c_digits"]) >= LONG or _is_surely_order(match, said):
            yield said.named("order_number", match.span(), _typed(match))
    for match in _with_spoken_dash().finditer(said.plain):
        value = f"{match['letter']}-{_closed_up(match['digits'])}".upper()
        yield said.named("order_number", match.span(), value)
    for match in APART.finditer(said.plain):
        if _is_order(match, said):
            yield said.named("order_number", match.span(), _usual(match["letter"], match["digits"]))


def _typed(match: "re.Match[str]") -> str:
    letter = match["a"] or match["b"] or match["c"] or ""
    digits = match["a_digits"] or match["b_digits"] or match["c_digits"]
    if "-" in (match["a_dash"] or match["b_dash"] or ""):
        return f"{letter}-{_closed_up(digits)}".upper()
    return _usual(letter, digits)


def _usual(letter: str, digits: str) -> str:
    number = _closed_up(digits)
    dash = "-" if letter and len(number) < LONG else ""
    return f"{letter}{dash}{number}".upper()


def _is_order(match: "re.Match[str]", said: Said) -> bool:
    digits = _closed_up(match["digits"])
    after = said.after(match.end())
    unsure = match["letter"] in WORDS_TOO and not _is_surely_letter(match, said)
    if after in _measures() or len(digits) > 10:
        return False
    if unsure and said.language != "de" and not _may_go_on(after):
        return False
    if len(digits) >= LONG and not unsure:
        return True
    if unsure:
        return _is_surely_order(match, said)
    if said.before(match.start()) in _before() or begins(said, match.start()):
        return True
    return _is_surely_letter(match, said)


def _is_surely_letter(match: "re.Match[str]", said: Said) -> bool:
    """Tell an order's letter by its German number, or as a capital within a sentence."""
    if said.before(match.start()) in lexicon("orders")["never_before"]:
        return False
    written = said.written(match.span("digits")).lower()
    if match["letter"] not in lexicon("orders")["words_too"] and _is_in_german(written):
        return True
    within = said.written(match.span("letter")).isupper() and not said.text.isupper()
    return within and match["letter"] not in "iI" and not _begins_sentence(match.start(), said)


def _begins_sentence(place: int, said: Said) -> bool:
    return said.whole[:place].rstrip()[-1:] in ("", ".", "!", "?", ":")


def _is_in_german(number: str) -> bool:
    """Tell "neunundzwanzig" and "eins sieben" from "twenty nine" and "29"."""
    words = re.findall(r"[^\W\d_]+", number)
    return any(is_german(folded(word)) for word in words)


def _is_surely_order(match: "re.Match[str]", said: Said) -> bool:
    before = said.before(match.start())
    if before in ("is", "ist", "mit", "of", "von", "about"):
        is_asked = said.before(said.whole.rfind(before, 0, match.start()))
        return before not in ("is", "ist") or is_asked in lexicon("orders")["where"]
    return before in lexicon("orders")["closely_before"] or begins(said, match.start())


def _may_go_on(after: str) -> bool:
    return not after or after in lexicon("orders")["after"]


def _closed_up(digits: str) -> str:
    return re.sub(r"[ ·-]", "", digits)


@cache
def _with_spoken_dash() -> "re.Pattern[str]":
    dash = any_of(lexicon("orders")["dash"])
    return re.compile(rf"(?<![\w.'-])(?P<letter>[a-zA-Z]) {dash} (?P<digits>{DIGITS})(?![\w·])")


@cache
def _spoken_name() -> "re.Pattern[str]":
    joint = _underscore()
    return re.compile(rf"\b[a-z]+(?: {joint} [a-z]+){{0,3}} {joint} \d+(?:·\d+)*(?![\w·])")


@cache
def _underscore() -> str:
    return any_of(lexicon("addresses")["signs"]["_"])


@cache
def _before() -> frozenset[str]:
    return frozenset(lexicon("orders")["before"])


@cache
def _measures() -> frozenset[str]:
    return frozenset(lexicon("units")["measures"])
