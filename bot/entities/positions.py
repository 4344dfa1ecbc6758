"""Which one of several: "the second one", "die letzte", "the other one"."""

import re
from collections.abc import Iterator
from functools import cache

from bot.entities.lexicons import any_of, lexicon
from bot.entities.named import Named
from bot.entities.said import Said
from bot.entities.small import begins

LAST, OTHER = "-1", "other"


def positions(said: Said) -> Iterator[Named]:
    """Find which one is meant; "the first time" and "wait a second" mean none."""
    for match in _numbered().finditer(said.plain):
        value = "1" if match["number"] in ("one", "eins") else match["number"]
        if said.before(match.start()) not in lexicon("counts")["denying"]:
            yield said.named("position", match.span(), value)
    for match in _ordinal().finditer(said.plain):
        if _is_one_of_several(match, said):
            yield said.named("position", match.span(), _value(match))


def _value(match: "re.Match[str]") -> str:
    if match["nth"]:
        return match["nth"]
    return LAST if match["last"] else OTHER


def _is_one_of_several(match: "re.Match[str]", said: Said) -> bool:
    words = lexicon("positions")
    before, after = said.before(match.start()), said.after(match.end())
    if after in words["never_before"] or before in words["never_after"] or _is_denied(match, said):
        return False
    if _people().match(after):
        return False
    if match["other"] and before in words["like"]:
        return False
    if after.isdigit() and not (match["other"] and _is_before_mark(match.end(), said)):
        return False  # "the last five orders" are several
    if match["the"] or match["one"] or (before in words["joining"] and not match["other"]):
        return not match["other"] or bool(match["the"])
    ends = not said.whole[match.end() :].strip(" .!?")
    if match["other"] or not begins(said, match.start()):
        return False
    return ends or after in words["begins_before"]


def _is_before_mark(place: int, said: Said) -> bool:
    """Tell whether "the other" goes on with "three stars"."""
    return _stars().match(said.whole, place) is not None


def _is_denied(match: "re.Match[str]", said: Said) -> bool:
    return said.before(match.start()) in lexicon("counts")["denying"]


@cache
def _people() -> "re.Pattern[str]":
    words = [word.replace("*", r"\w*") for word in lexicon("positions")["people"]]
    return re.compile(rf"{any_of(words)}(?!\w)")


@cache
def _stars() -> "re.Pattern[str]":
    return re.compile(rf" (?:one )?[1-5][ -]{any_of(lexicon('ratings')['stars'])}(?!\w)")


@cache
def _numbered() -> "re.Pattern[str]":
    words = any_of(lexicon("positions")["numbered"])
    return re.compile(rf"(?<!\w){words}\.? (?P<number>[123]|one|eins)(?![\w·%€$£]|[.,:/-]\w)")


@cache
def _ordinal() -> "re.Pattern[str]":
    words = lexicon("positions")
    the = rf"(?:(?P<the>{any_of(words['the'])}) )?"
    nth = r"(?P<nth>[123])(?:º|st|nd|rd|\.(?! ?\d))"
    last, other = (rf"(?P<{key}>{any_of(words[key])})" for key in ("last", "other"))
    one = rf"(?: (?P<one>{any_of(words['one'])}))?"
    return re.compile(rf"(?<![\w.,:/·]){the}(?:{nth}|{last}|{other}){one}(?!\w)")
