"""One way to write each letter: small, without umlauts."""

from functools import lru_cache

FOLDED = {
    "ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss",
    "’": "'", "‘": "'", "–": "-", "—": "-", "‑": "-", "\0": " ",
    "·": " ", "º": " ", "\u00ad": "",
}  # fmt: skip


def folded(text: str) -> str:
    """Return a text in lower case and without umlauts."""
    return text.lower() if text.isascii() else "".join(map(fold, text))


@lru_cache(maxsize=1024)
def fold(letter: str) -> str:
    """Return one letter, small and as ASCII writes it."""
    lower = letter.lower()
    return FOLDED.get(lower, lower)
