"""Codes of vouchers."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from bot.entities.lexicons import any_of, lexicon
from bot.entities.named import Named
from bot.entities.phrases import Phrase, Phrases
from bot.entities.said import Said
from bot.entities.small import stands_alone

TYPED = re.compile(
    r"(?<![\w-])[a-z]{2}[a-z0-9]{0,20}(?:-[a-z0-9·]{1,20}){1,4}(?![\w-])", re.IGNORECASE
)
SHORTEST = 6


def voucher_codes(said: Said) -> Iterator[Named]:
    """Find letters and digits with a dash, where they are all that is said or a voucher's."""
    for match in TYPED.finditer(said.plain):
        written = said.written(match.span())
        if stands_alone(said, match.span()) or (written.isupper() and _is_near_word(said)):
            yield from _code(match, said, written)
    for match in _spoken().finditer(said.plain):
        if _is_near_word(said):
            yield from _code(match, said, _dashed(match[0]))


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
    return bool(_words().found_in(whole))


@cache
def _words() -> Phrases:
    return Phrases(Phrase.of(word, "voucher") for word in lexicon("vouchers")["words"])


@cache
def _spoken() -> "re.Pattern[str]":
    dash = any_of(lexicon("vouchers")["dash"])
    letters = r"[a-zA-Z]{2,20}"
    row = r"(?:\d+|[a-zA-Z](?![a-zA-Z]))"
    return re.compile(rf"(?<![\w.-]){letters} {dash} {row}(?:[ ·]{row}){{0,8}}(?![\w·])")
