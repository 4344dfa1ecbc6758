"""What a customer says not to mean: "Donnerstag, nicht Dienstag"."""

import re
from collections.abc import Sequence
from functools import cache

from bot.entities.lexicons import any_of, lexicon
from bot.entities.named import Named
from bot.entities.said import Said

FARTHEST = 40


def not_denied(names: Sequence[Named], said: Said) -> list[Named]:
    """Return the names without those denied, where another of the kind is left or none is needed.

    "Nicht am Dienstag" alone still names the day that does not fit; "nicht auf Englisch" asks for
    whatever the other language is.
    """
    denied = [name for name in names if _is_denied(name, said)]
    meant = {name.entity for name in names if name not in denied}
    return [
        name
        for name in names
        if name not in denied or name.entity not in meant | {"target_language"}
    ]


def _is_denied(name: Named, said: Said) -> bool:
    place = said.place_of(name)
    if name.entity == "target_language":
        return _is_unspoken(place, name, said)
    if name.entity == "consent":
        # "No more texts" speaks of texts all the same; "not the newsletter" leaves that alone.
        return _pattern("listing").search(said.whole, max(0, place - FARTHEST), place) is not None
    return _pattern("words").search(said.whole, max(0, place - FARTHEST), place) is not None


def _is_unspoken(place: int, name: Named, said: Said) -> bool:
    end = place + (name.end - name.start)
    found = _unspoken().finditer(said.whole, max(0, place - FARTHEST), end)
    return any(match.end() > place for match in found)


@cache
def _pattern(key: str) -> "re.Pattern[str]":
    words = lexicon("denying")
    between = any_of(words["between"])
    return re.compile(rf"(?<!\w){any_of(words[key])}(?: {between})* $")


@cache
def _unspoken() -> "re.Pattern[str]":
    words = lexicon("denying")
    languages = any_of(words["languages"])
    other = rf"(?!(?:{any_of(words['askers'])}|{languages})(?!\w))[a-z']+"
    return re.compile(rf"(?<!\w){any_of(words['unspoken'])}(?: {other}){{0,3}} {languages}(?!\w)")
