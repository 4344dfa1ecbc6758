"""What the surfaces for browsers and programs say when something cannot be done."""

import json
from functools import cache
from importlib.resources import files

from starlette.requests import HTTPConnection

from crm_store.base import Language


@cache
def wording(package: str) -> dict[str, dict[str, str]]:
    """Return every sentence of a package's `wording.json`, by language and rule."""
    text = files(package).joinpath("wording.json").read_text(encoding="utf-8")
    sentences: dict[str, dict[str, str]] = json.loads(text)
    return sentences


def language_of(accepted: str) -> Language:
    """Return the first of our languages that a browser asks for, or German."""
    for wish in accepted.split(","):
        wanted = wish.strip()[:2].lower()
        if wanted in set(Language):
            return Language(wanted)
    return Language.de


def the_language(connection: HTTPConnection) -> Language:
    """Return the language that a page or program asks for."""
    return language_of(connection.headers.get("accept-language", ""))
