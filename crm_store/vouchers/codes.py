"""Codes that people pass on: easy to read aloud, hard to guess."""

import secrets
from typing import Final

LETTERS: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""No sign that looks or sounds like another one of them."""


def new_code(word: str, *, length: int) -> str:
    """Return a code that begins with a word: GUT-7K2M9QXR."""
    drawn = "".join(secrets.choice(LETTERS) for _ in range(length))
    return f"{word}-{drawn}"


def tidy(code: str) -> str:
    """Return a code as it is kept, from however it was written."""
    return "-".join(code.upper().split())
