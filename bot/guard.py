"""What a customer says is words, never a command to the assistant."""

import unicodedata

UNSEEN = frozenset({"Cf", "Cc"})
"""Unicode categories of characters that are there without being seen."""


def said(text: str) -> str:
    """Return the words in one form of writing, so that Rasa can take none of them for a payload.

    Rasa obeys a message whose first visible character is a slash. Normalising comes first, as it is
    what turns the other slashes of Unicode into that one.
    """
    words = " ".join(_visible(unicodedata.normalize("NFKC", text)).split())
    return words.lstrip("/ ") if words.startswith("/") else words


def _visible(text: str) -> str:
    return "".join(
        " " if character.isspace() else character
        for character in text
        if character.isspace() or unicodedata.category(character) not in UNSEEN
    )
