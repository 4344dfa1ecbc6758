"""Addresses of mailboxes, typed or spoken."""

import re
from collections.abc import Iterator
from functools import cache

from bot.entities.lexicons import any_of, lexicon
from bot.entities.named import Named
from bot.entities.said import Said

EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
MOST_SIGNS = 6


def emails(said: Said) -> Iterator[Named]:
    """Find typed addresses as they are written, then spoken ones."""
    typed = [Named("email", *m.span(), m[0].lower()) for m in EMAIL.finditer(said.text)]
    yield from typed
    yield from _spoken(said.without(typed))


def _spoken(said: Said) -> Iterator[Named]:
    for match in _pattern().finditer(said.plain):
        name, host = (_closed_up(match[part]) for part in ("name", "host"))
        names_a_host = "." in host and host.rpartition(".")[2].isalpha()
        if names_a_host and match["first"] not in lexicon("addresses")["no_name"]:
            yield said.named("email", match.span(), f"{name}@{host}")


def _closed_up(plain: str) -> str:
    """Return a part of an address with its signs for their names, and no blanks."""
    for sign, names in lexicon("addresses")["signs"].items():
        plain = re.sub(f" {any_of(names)} ", sign, plain)
    return re.sub(r"[ ·]", "", plain).lower()


@cache
def _pattern() -> "re.Pattern[str]":
    words = lexicon("addresses")
    spoken = any_of([name for names in words["signs"].values() for name in names])
    sign = rf"(?: ?[.+-] ?| {spoken} )"
    more = rf"(?:{sign}\w+| \d+(?:·\d+)*(?!\w))"
    return re.compile(
        rf"(?<![\w.+-])(?P<name>(?P<first>\w+){more}{{0,{MOST_SIGNS}}})"
        rf"(?: {any_of(words['at'])} | ?@ ?)"
        rf"(?P<host>\w+(?:{sign}\w+){{1,{MOST_SIGNS}}})(?!\w)"
    )
