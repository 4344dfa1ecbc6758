"""What the line says by itself, in the caller's language."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from crm_store.base import Language

OTHER = {Language.de: Language.en, Language.en: Language.de}
"""What is offered on a line of each language."""
SPOKEN_IN = {Language.de: "de-DE", Language.en: "en-US"}
"""How Twilio names the languages that we speak."""


@dataclass(frozen=True, slots=True)
class Foreign:
    """A sentence in another language than the call's."""

    text: str
    language: Language


Sentence = str | Foreign


def with_language(sentence: Sentence, language: Language) -> Foreign:
    """Return a sentence with the language that it is in, the call's if it names none."""
    return sentence if isinstance(sentence, Foreign) else Foreign(sentence, language)


def say(sentence: str, language: Language, **values: str) -> str:
    """Return one of the sentences in `wording.toml`, with its values put in."""
    text = _sentences()[language][sentence]
    # One pass: braces inside a value stay what they are.
    return text.format_map(values) if values else text


def sentences(language: Language) -> dict[str, str]:
    """Return every sentence of a language, by name."""
    return dict(_sentences()[language])


@cache
def _sentences() -> dict[str, dict[str, str]]:
    return tomllib.loads(files(__package__).joinpath("wording.toml").read_text("utf-8"))
