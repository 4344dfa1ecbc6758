"""What somebody types to search with, as the query needs it. Pure."""

import re
from typing import Final

SHORTEST_BEGINNING: Final = 3
"""With fewer letters, too many words begin so."""
_BEGUN: Final = re.compile(rf"(?:^|\s)(\w{{{SHORTEST_BEGINNING},}})$")
_OPERATORS: Final = re.compile(r"[\"-]|\bor\b", re.IGNORECASE)


def parted(words: str) -> tuple[str, str]:
    """Return what stands before the last word, and that word if it may still be being typed.

    With quotes, a minus or an "or" it is said exactly what is wanted.
    """
    begun = None if _OPERATORS.search(words) else _BEGUN.search(words)
    return (words, "") if begun is None else (words[: begun.start(1)], f"{begun[1]}:*")
