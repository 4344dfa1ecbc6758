"""What the desk says to an agent when something cannot be done."""

import json
from functools import cache
from importlib.resources import files

from crm_store.base import Language


@cache
def wording() -> dict[str, dict[str, str]]:
    """Return every sentence, by language and rule."""
    text = files("channels.desk").joinpath("wording.json").read_text(encoding="utf-8")
    sentences: dict[str, dict[str, str]] = json.loads(text)
    return sentences


def sentence(rule: str, language: Language) -> str:
    """Return what to say about a rule."""
    return wording()[language][rule]


def language_of(accepted: str) -> Language:
    """Return the first of our languages that a browser asks for, or German."""
    for wish in accepted.split(","):
        wanted = wish.strip()[:2].lower()
        if wanted in set(Language):
            return Language(wanted)
    return Language.de
