"""Answers that are nothing but a number or an address."""

import re
from collections.abc import Sequence

from bot.entities import Named

ANSWERS = frozenset({"order_number", "email", "phone_number", "customer_number", "code"})
SMALL_WORDS = frozenset(
    re.findall(
        r"\w+",
        "äh ähm also ja das der die ist wäre es meine mein nummer lautet code kundennummer"
        " bestellung bestellnummer telefonnummer email e mail adresse mailadresse bitte hier und"
        " ich bin"
        " yes it is its it's that the my number order customer code phone address please here um uh"
        " and am i",
    )
)


def is_bare(text: str, names: Sequence[Named]) -> bool:
    """Return whether the text answers with a number or address and says nothing else."""
    if not any(name.entity in ANSWERS for name in names):
        return False
    return all(word.lower() in SMALL_WORDS for word in re.findall(r"\w+", _between(text, names)))


def _between(text: str, names: Sequence[Named]) -> str:
    pieces, end = [], 0
    for name in names:
        pieces.append(text[end : name.start])
        end = name.end
    return " ".join((*pieces, text[end:]))
