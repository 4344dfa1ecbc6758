"""Answers that are nothing but a number, an address, a date or the like."""

from collections.abc import Sequence

from bot.entities import Named, is_small

ANSWERS = frozenset(
    {
        *("order_number", "customer_number", "voucher_code", "code", "number", "amount", "rating"),
        *("email", "phone_number", "postcode", "date", "time"),
    }
)


def is_bare(text: str, names: Sequence[Named]) -> bool:
    """Return whether the text answers with a number or the like and says nothing else."""
    if not any(name.entity in ANSWERS for name in names):
        return False
    return is_small(_between(text, names))


def _between(text: str, names: Sequence[Named]) -> str:
    pieces, end = [], 0
    for name in names:
        pieces.append(text[end : name.start])
        end = name.end
    return " ".join((*pieces, text[end:]))
