"""What signs alone say: a thumb is an answer, dots and faces are none."""

YES = frozenset("👍👌✅✔🆗")
NO = frozenset("👎❌✖🚫")


def are_signs(text: str) -> bool:
    """Return whether there is not a single letter or figure in the text."""
    return bool(text) and not any(character.isalnum() for character in text)


def meaning(text: str) -> str | None:
    """Return the intent of such a text, if there is one that nobody can take otherwise."""
    agrees, refuses = bool(YES & set(text)), bool(NO & set(text))
    if agrees == refuses:
        return None
    return "affirm" if agrees else "deny"
