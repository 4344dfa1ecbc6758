"""One-time codes: six digits."""

import re
from collections.abc import Iterator

from bot.entities.lexicons import lexicon
from bot.entities.named import Named
from bot.entities.rows import Row, rows_in, words_before
from bot.entities.said import Said

LENGTH = 6
USUAL_GROUPS = ([6], [3, 3], [2, 2, 2], [1] * 6)
LISTED = re.compile(r"(?<![\w·.,-])\d(?:(?:, ?| - |-)\d){5}(?![\w·]|[, ]+\d)")
IN_HALVES = re.compile(r"(?<![\w·.,-])\d·\d·\d, ?\d·\d·\d(?![\w·]|[, ]+\d)")
IN_PAIRS = re.compile(r"(?<![\w·.,-])(?:\d\d, ?){2}\d\d(?![\w·]|[, ]+\d)")
CODE_WORDS = frozenset(
    {
        *(
            "code",
            "pin",
            "tan",
            "otp",
            "passcode",
            "einmalcode",
            "sicherheitscode",
            "einmalpasswort",
        ),
        *("bestaetigungscode", "verification", "zahl", "zahlen", "kennzahl", "ziffern", "digits"),
    }
)


def codes(said: Said) -> Iterator[Named]:
    """Find exactly six digits: typed, spaced or spoken."""
    for pattern in (LISTED, IN_HALVES):
        for match in pattern.finditer(said.plain):
            yield said.named("code", match.span(), re.sub(r"\D", "", match[0]))
    for match in IN_PAIRS.finditer(said.plain):
        if not CODE_WORDS.isdisjoint(words_before(match.start(), said)):
            yield said.named("code", match.span(), re.sub(r"\D", "", match[0]))
    for row in rows_in(said):
        if _is_code(row, said):
            yield said.named("code", row.span, row.digits)


def _is_code(row: Row, said: Said) -> bool:
    if len(row.digits) != LENGTH or re.search(r"[+/().]", row.text):
        return False
    before = words_before(row.span[0], said)
    called = any(word in CODE_WORDS for word in before)
    if _is_counted(row, said) or (_is_of_order(before) and before[-1] not in CODE_WORDS):
        return False
    return row.groups in USUAL_GROUPS or row.is_spoken or called


def _is_of_order(before: list[str]) -> bool:
    return any(word in lexicon("orders")["words"] for word in before[-2:])


def _is_counted(row: Row, said: Said) -> bool:
    return said.after(row.span[1]) in (*lexicon("units")["measures"], "stueck", "pieces")
