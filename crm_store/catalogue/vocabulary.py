"""The words for kinds, formats, genres, eras and countries, in each language."""

import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from babel import Locale

from crm_store.base import Language


class Facet(StrEnum):
    """What the catalogue keeps as a key rather than as words."""

    kind = "kind"
    form = "format"
    genre = "genre"
    era = "era"
    country = "country"


@dataclass(frozen=True, slots=True)
class Term:
    """One key, what it is called, and what customers say for it."""

    facet: Facet
    key: str
    called: Mapping[Language, str]
    words: Mapping[Language, tuple[str, ...]]
    borne: Mapping[Language, str]
    """How a thing is said to be so: "on CD"; empty where nobody says it like that."""

    def says(self, word: str) -> bool:
        """Return whether customers say this word for it, in any language."""
        return any(folded(one) == word for words in self.words.values() for one in words)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All terms, the words that say nothing, and other spellings of family names."""

    terms: Mapping[tuple[Facet, str], Term]
    filler: frozenset[str]
    spellings: Mapping[str, str]
    names: Mapping[str, str]
    """What places and topics that the catalogue names in English are called in German."""
    said: Mapping[str, tuple[str, ...]]
    """What customers say for them besides, in either language."""
    likeness: tuple[str, ...]
    """Words right before the title of something that more of the like is wished for."""
    likeness_at_first: tuple[str, ...]
    """Such words as count only where a wish begins with them."""

    def named(self, name: str, language: Language) -> str:
        """Return what a place or topic of the catalogue is called in a language."""
        return self.names.get(name, name) if language is Language.de else name

    def called(self, facet: Facet, key: str, language: Language) -> str:
        """Return what a key is called; one that is not listed is called as it is written."""
        if facet is Facet.country:
            return country(key, language)
        term = self.terms.get((facet, folded(key)))
        return term.called[language] if term else key

    def key(self, facet: Facet, said: str) -> str:
        """Return the key that a shop's own word for something means, or else the word itself."""
        word = folded(" ".join(said.split()))
        if (facet, word) in self.terms:
            return word
        return next((t.key for t in self.terms.values() if t.facet is facet and t.says(word)), word)

    def borne(self, facet: Facet, key: str, language: Language) -> str:
        """Return how something is said to be of a key: "on CD", "als Taschenbuch"."""
        term = self.terms.get((facet, key))
        return (term.borne[language] if term else "") or self.called(facet, key, language)

    def searchable(self, facet: Facet, key: str, language: Language) -> str:
        """Return all words by which a key should be found."""
        term = self.terms.get((facet, key if facet is Facet.country else folded(key)))
        words = term.words[language] if term else ()
        return " ".join(dict.fromkeys((self.called(facet, key, language), *words)))


def folded(text: str) -> str:
    """Return the text as it is compared: small letters without accents."""
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in parts if not unicodedata.combining(c))


def country(code: str, language: Language) -> str:
    """Return the country's name in a language; an unknown code is its own name."""
    return str(Locale(language.value).territories.get(code.upper(), code))


def kind_called(kind: str, language: Language) -> str:
    """Return what one thing of a kind is called; nothing where there is no word for it."""
    term = vocabulary().terms.get((Facet.kind, folded(kind)))
    word = next(iter(term.words[language]), "") if term else ""
    return word[:1].upper() + word[1:] if language is Language.de else word


@cache
def vocabulary() -> Vocabulary:
    """Return the shop's vocabulary, read once."""
    written = tomllib.loads(
        files("crm_store.catalogue").joinpath("vocabulary.toml").read_text("utf-8")
    )
    return Vocabulary(
        terms={(t.facet, t.key): t for t in _terms(written)},
        filler=frozenset(folded(w) for ws in written["filler"].values() for w in ws),
        spellings={
            folded(other): name for name, others in written["spelling"].items() for other in others
        },
        names={**_countries(), **written["named"]},
        said={
            name: tuple(word for words in spoken.values() for word in words)
            for name, spoken in written["said"].items()
        },
        likeness=tuple(map(folded, written["likeness"]["anywhere"])),
        likeness_at_first=tuple(map(folded, written["likeness"]["at_first"])),
    )


def _terms(written: Mapping[str, Any]) -> list[Term]:
    return [
        _term(facet, key, languages) for facet in Facet for key, languages in written[facet].items()
    ]


def _term(facet: Facet, key: str, languages: Mapping[str, Any]) -> Term:
    return Term(
        facet,
        key,
        {spoken: languages[spoken].get("liked") or country(key, spoken) for spoken in Language},
        {spoken: tuple(languages[spoken]["words"]) for spoken in Language},
        {spoken: languages[spoken].get("borne", "") for spoken in Language},
    )


def _countries() -> dict[str, str]:
    """Return what each country's English name is in German."""
    german = Locale("de").territories
    return {
        english: str(german.get(code, english))
        for code, english in Locale("en").territories.items()
        if code.isalpha()
    }
