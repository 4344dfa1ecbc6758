"""What the API says when something cannot be done."""

import json
from functools import cache
from importlib.resources import files

from crm_store.base import Language


@cache
def wording() -> dict[str, dict[str, str]]:
    """Return every sentence, by language and rule."""
    text = files("channels.api").joinpath("wording.json").read_text(encoding="utf-8")
    sentences: dict[str, dict[str, str]] = json.loads(text)
    return sentences


def sentence(rule: str, language: Language) -> str:
    """Return what to say about a rule."""
    return wording()[language][rule]
