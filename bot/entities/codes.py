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
CODE_WORDS = ("code", "pin", "tan", "einmalcode", "sicherheitscode", "passcode")


def codes(said: Said) -> Iterator[Named]:
    """Find exactly six digits: typed, spaced or spoken."""
    for match in LISTED.finditer(said.plain):
        yield said.named("code", match.span(), re.sub(r"\D", "", match[0]))
    for row in rows_in(said):
        if _is_code(row, said):
            yield said.named("code", row.span, row.digits)


def _is_code(row: Row, said: Said) -> bool:
    if len(row.digits) != LENGTH or re.search(r"[+/().]", row.text):
        return False
    before = words_before(row.span[0], said)
    if any(word in lexicon("orders")["words"] for word in before[-2:]):
        return False
    return row.groups in USUAL_GROUPS or row.is_spoken or any(w in CODE_WORDS for w in before)
