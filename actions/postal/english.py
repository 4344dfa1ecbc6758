"""Streets as the English speaking write them: the number comes first, the kind of street last."""

import re
from functools import cache

from actions.postal.words import is_among, words


def english_street(said: str) -> re.Match[str] | None:
    """Return where a text has an English street with its number, and a flat if one is named."""
    return next((found for found in _pattern().finditer(said) if _is_street(found)), None)


def _is_street(found: re.Match[str]) -> bool:
    """Tell "12 Baker Street" from "2 days on the way"."""
    name = found["name"].split()
    return not any(is_among(word, "around") or is_among(word, "counted") for word in name[1:]) and (
        bool(name) and not is_among(name[0], "counted")
    )


@cache
def _pattern() -> re.Pattern[str]:
    streets = "|".join(sorted(words("english_streets"), key=len, reverse=True))
    flat = rf"(?:{'|'.join(sorted(words('flats')))})\.?\s*\w+"
    return re.compile(
        rf"(?<![\w-])(?:{flat},?\s+)?\d{{1,5}}[a-z]?(?:-\d+)?\s+"
        rf"(?P<name>[^\W\d_][\w.'’-]*(?:\s+[^\W\d_][\w.'’-]*){{0,3}}?)"
        rf"(?:\s+(?:{streets})\b)+\.?(?:,?\s*(?:{flat}|\#\s?\w+))?",
        re.IGNORECASE,
    )
