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
    return _pattern().search(said.whole, max(0, place - FARTHEST), place) is not None


@cache
def _pattern() -> "re.Pattern[str]":
    words = lexicon("denying")
    between = any_of(words["between"])
    return re.compile(rf"(?<!\w){any_of(words['words'])}(?: {between})* $")
