"""Whole numbers that are nothing else, and marks out of five."""

import re
from collections.abc import Iterator
from functools import cache

from bot.entities.lexicons import any_of, lexicon
from bot.entities.named import Named
from bot.entities.said import Said
from bot.entities.small import may_follow, stands_alone

LONGEST = 7
HIGHEST = "5"
NUMBER = re.compile(
    r"(?<![\w#·.,:/+'&-])(?<!\d )(?P<digits>\d{1,3}(?:[.,]\d{3})+|\d+(?:·\d+)*)(?P<times>x)?"
    r"(?![\w·%€$£°]|[.,:/]\d|-\w| \d| (?:komma|comma|point) \d)"
)
UP_TO = re.compile(r" ?(?:bis|to|oder|or|-) ?\d+ (?P<unit>[a-z]+)")
ONE = re.compile(r"(?<!\w)one(?!\w)")


def ratings(said: Said) -> Iterator[Named]:
    """Find one to five stars, "four out of five" and "full marks"."""
    for match in _rating().finditer(said.plain) if _may_rate(said) else ():
        if _measures_nothing(match, said) and (not match["of_five"] or _is_of_five(match, said)):
            mark = next(filter(None, match.groups()[:-1]))
            value = "1" if mark in lexicon("ratings")["one"] else mark
            yield said.named("rating", match.span(), value)
    if said.has_any(_full_words()):
        for match in _full().finditer(said.plain):
            yield said.named("rating", match.span(), HIGHEST)


def _may_rate(said: Said) -> bool:
    return said.has_figures or said.has_any(lexicon("ratings")["stars"])


def _measures_nothing(match: "re.Match[str]", said: Said) -> bool:
    """Tell "give it a five" from "give me a five percent discount"."""
    given = match["given"] is not None
    return not (given and said.after(match.end()) in lexicon("units")["measures"])


def _is_of_five(match: "re.Match[str]", said: Said) -> bool:
    """Tell "three out of five" from "three of five parcels"."""
    return match["noun"] is not None or may_follow(said.after(match.end()))


def numbers(said: Said) -> Iterator[Named]:
    """Find numbers that measure nothing, are no part of a name, and were not denied."""
    for match in NUMBER.finditer(said.plain):
        value = re.sub(r"\D", "", match["digits"])
        if value[0] != "0" and len(value) <= LONGEST and _counts(match, said):
            yield said.named("number", match.span(), value)
    for match in ONE.finditer(said.plain):
        if _is_how_many(match, said):
            yield said.named("number", match.span(), "1")


def _is_how_many(match: "re.Match[str]", said: Said) -> bool:
    """Tell "just one" from "that one"."""
    before = said.before(match.start())
    alone = stands_alone(said, match.span()) and before not in lexicon("counts")["pointing"]
    return alone or before in ("number", "nummer", "only", "just", "nur", "bestellung")


def _counts(match: "re.Match[str]", said: Said) -> bool:
    # "Wie bekomme ich eins?" counts as little as "that one".
    if said.written(match.span()).lower() == "eins" and not _is_how_many(match, said):
        return False
    before, after = said.before(match.start()), said.after(match.end())
    words = lexicon("counts")
    if after in lexicon("units")["measures"] or before in words["denying"]:
        return False
    up_to = UP_TO.match(said.whole, match.end())
    if up_to and up_to["unit"] in lexicon("units")["measures"]:
        return False
    if before in words["in_names"] or _names_a_piece(match, said):
        return False
    phrase = f"{before} {match[0]} {after}".strip()
    return not any(saying in f" {phrase} " for saying in _sayings())


def _names_a_piece(match: "re.Match[str]", said: Said) -> bool:
    """Tell "Symphonie Nr 9" from "Bestellung Nr 9": the word before the number's own name."""
    before = said.before(match.start())
    if before not in lexicon("counts")["of_pieces"]:
        return False
    owner = said.before(said.whole.rfind(before, 0, match.start()))
    return bool(owner) and owner not in lexicon("counts")["owners"]


@cache
def _rating() -> "re.Pattern[str]":
    words = lexicon("ratings")
    one, mark = any_of(words["one"]), "[1-5]"
    star, point = (rf"[ -]?{any_of(words[key])}" for key in ("stars", "points"))
    of = rf"(?: {any_of(words['of'])} | ?/ ?)"
    whole = r"(?![.,/]\d|[\w·%€$£])"
    scale = (
        rf"{any_of(words['scale'])} (?:von|of|from|between) (?:1|one|eins?) (?:bis|to|und|and) 5"
    )
    readings = (
        rf"(?P<of_five>{mark}|{one})(?:{star}|{point})?{of}(?:den )?5{whole}",
        rf"(?:(?:alle|all|volle|full) )?(?P<stars>{mark}|{one}){star}(?!\w)",
        rf"(?P<scaled>{mark}) {scale}{whole}",
        rf"{scale},?(?: (?!\d)[\w']+){{0,5}} (?P<on_scale>{mark}){whole}",
        rf"{any_of(words['given'])} (?P<given>{mark})(?:{of}5)?(?![\w·%€$£:/]|[.,]\d)",
        rf"{any_of(words['giving'])}(?: (?!\d)[\w']+){{0,3}} (?P<points>{mark}){point}(?!\w)",
    )
    noun = rf"(?P<noun>{star}|{point})?"
    return re.compile(rf"(?<![\w.,:/·-])(?:{'|'.join(readings)}){noun}(?!\w)")


@cache
def _full() -> "re.Pattern[str]":
    return re.compile(rf"(?<!\w){any_of(lexicon('ratings')['full'])}(?!\w)")


@cache
def _full_words() -> frozenset[str]:
    return frozenset(phrase.split()[0] for phrase in lexicon("ratings")["full"])


@cache
def _sayings() -> tuple[str, ...]:
    return tuple(f" {saying} " for saying in lexicon("counts")["sayings"])
