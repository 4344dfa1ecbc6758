"""Codes of vouchers."""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from bot.entities.calendar import months
from bot.entities.lexicons import any_of, lexicon
from bot.entities.named import Named
from bot.entities.phrases import Phrase, Phrases
from bot.entities.said import Said
from bot.entities.small import small_words, stands_alone

TYPED = re.compile(
    r"(?<![\w-])[a-z]{2}[a-z0-9]{0,20}(?:-[a-z0-9·]{1,20}){1,4}(?![\w-])", re.IGNORECASE
)
PLAIN = re.compile(r"[a-z]{4,20}-\d{1,4}")
"""Such a code is known without a word for it, where it is shouted or spoken of as valid."""
SHORTEST = 6
NEAR = 24
WORKS = re.compile("work|funktionier|geht")


def voucher_codes(said: Said) -> Iterator[Named]:
    """Find letters and digits with a dash, where they are all that is said or a voucher's."""
    for match in TYPED.finditer(said.plain):
        if _is_code(match, said):
            yield from _code(match, said, said.written(match.span()))
    for match in _spoken().finditer(said.plain):
        if _is_near_word(said):
            yield from _code(match, said, _dashed(match[0]))


def without_faults_of_codes(names: Sequence[Named], text: str) -> list[Named]:
    """Return the names without the fault that "the code SPRING-15 isn't working" is not."""
    if not any(name.entity == "voucher_code" for name in names):
        return list(names)
    return [name for name in names if not _is_of_code(name, text)]


def _is_of_code(name: Named, text: str) -> bool:
    works = WORKS.search(text[name.start : name.end].lower())
    return name.entity == "reason" and name.value == "defective" and works is not None


def _is_code(match: "re.Match[str]", said: Said) -> bool:
    if _is_goods(match[0]):
        return False
    if stands_alone(said, match.span()) or _is_called_code(match, said):
        return True
    shouted = said.written(match.span()).isupper() and not said.text.isupper()
    if _is_near_word(said) and (shouted or PLAIN.fullmatch(match[0])):
        return True
    return PLAIN.fullmatch(match[0]) is not None and (shouted or _speaks_of_validity(said.whole))


def _is_goods(code: str) -> bool:
    """Tell "iphone-15" and "covid-19", and a month and its year, from a code."""
    first = code.partition("-")[0]
    return first in lexicon("vouchers")["goods"] or first in months() or first in small_words()


def _is_called_code(match: "re.Match[str]", said: Said) -> bool:
    """Tell whether the word for it is right before it, past a few small words, or right behind."""
    start, end = match.span()
    before = _called().search(said.whole, max(0, start - NEAR), start)
    return before is not None or _called_behind().match(said.whole, end) is not None


def _code(match: "re.Match[str]", said: Said, written: str) -> Iterator[Named]:
    code = written.upper()
    _, _, number = code.partition("-")
    if len(code) >= SHORTEST and any(letter.isdigit() for letter in number):
        yield said.named("voucher_code", match.span(), code)


def _dashed(spoken: str) -> str:
    dash = any_of(lexicon("vouchers")["dash"])
    return re.sub(r"[ ·]", "", re.sub(f" {dash} ", "-", spoken))


def _is_near_word(said: Said) -> bool:
    return _speaks_of_vouchers(said.whole)


@lru_cache(maxsize=1)
def _speaks_of_vouchers(whole: str) -> bool:
    return bool(_words("words").found_in(whole))


@lru_cache(maxsize=1)
def _speaks_of_validity(whole: str) -> bool:
    return bool(_words("validity").found_in(whole))


@cache
def _words(key: str) -> Phrases:
    return Phrases(Phrase.of(word, "voucher") for word in lexicon("vouchers")[key])


@cache
def _called() -> "re.Pattern[str]":
    words = lexicon("vouchers")
    called = any_of([re.escape(word) for word in words["called"]])
    return re.compile(rf"{called}[:,]?(?: {any_of(words['between'])})*[:,]? [\"'(]?$")


@cache
def _called_behind() -> "re.Pattern[str]":
    return re.compile(rf"[\"')]?[ -]{any_of(lexicon('vouchers')['behind'])}(?!\w)")


@cache
def _spoken() -> "re.Pattern[str]":
    dash = any_of(lexicon("vouchers")["dash"])
    letters = r"[a-zA-Z]{2,20}"
    row = r"(?:\d+|[a-zA-Z](?![a-zA-Z]))"
    return re.compile(rf"(?<![\w.-]){letters} {dash} {row}(?:[ ·]{row}){{0,8}}(?![\w·])")
