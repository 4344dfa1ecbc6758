"""Finds the catalogue's names in what a customer says, in either language."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from crm_store.base import Language
from crm_store.catalogue.vocabulary import Facet, country, folded, vocabulary
from crm_store.suggestions.filters import Of
from crm_store.suggestions.wish import Found

_WORD = re.compile(r"\w+")
_NO_FAMILY_NAME = {"jr", "sr", "ii", "iii"}
_LONGEST_NAME = 5
_A_WORD = 20
"""In so many times as many texts as a creator has products, a family name is a word like others."""
_LEAST_STEM = 4
"""Letters that must be left when an ending is taken off."""


@dataclass(frozen=True, slots=True)
class CatalogueNames:
    """All names in the catalogue, with the number of products that bear them."""

    creators: Mapping[str, int]
    subjects: Mapping[str, int]
    cities: Mapping[str, int]
    countries: Mapping[str, int]
    terms: Mapping[tuple[Facet, str], int]
    """The kinds, formats, genres and eras, by their keys."""
    texts: Mapping[str, int] = field(default_factory=dict)
    """How many texts have a family name as a word, by its lower-case letters."""


@dataclass(frozen=True, slots=True)
class _Hit:
    of: Of
    name: str
    start: int
    end: int

    def covers(self, other: "_Hit") -> bool:
        return self.start <= other.start and other.end <= self.end


Phrase = tuple[str, ...]


def family_name(name: str) -> str | None:
    """Return the family name in a creator's name; None where it has but one part."""
    parts = [part for part in name.split() if folded(part) not in _NO_FAMILY_NAME]
    return parts[-1] if len(parts) > 1 else None


def words_of(text: str) -> Phrase:
    """Return the words as they are compared: small, without accents or signs."""
    return tuple(_WORD.findall(folded(text)))


def search_terms(text: str) -> Phrase:
    """Return the words of a wish that say what is wished for."""
    # With their accents, as the dictionaries of the search need them.
    words = dict.fromkeys(_WORD.findall(text.casefold()))
    told = tuple(word for word in words if folded(word) not in vocabulary().filler)
    # A letter tells something beside a word: "D battery", "C minor".
    return told if any(len(word) > 1 for word in told) else ()


class Names:
    """An index over names, for finding them in a sentence."""

    def __init__(self, catalogue: CatalogueNames) -> None:
        self._index: dict[Phrase, dict[Of, dict[str, int]]] = defaultdict(dict)
        self._subjects = catalogue.subjects
        self._terms = catalogue.terms
        self._add_creators(catalogue.creators, catalogue.texts)
        for of, names in ((Of.subject, catalogue.subjects), (Of.city, catalogue.cities)):
            for name, count in names.items():
                self._add_in_all_languages(of, name, count)
        self._add_countries(catalogue.countries)
        self._add_terms(catalogue.terms)

    def found_in(self, text: str) -> Found:
        """Return every name that the text holds; a family name means its best known bearer."""
        hits = self._without_namesakes(list(self._hits(words_of(text))))
        named: dict[Of, list[str]] = defaultdict(list)
        for hit in hits:
            of = Of.creator if hit.of is Of.family else hit.of
            if hit.name not in named[of]:
                named[of].append(hit.name)
        return Found(
            creators=tuple(named[Of.creator]),
            subjects=tuple(named[Of.subject]),
            cities=tuple(named[Of.city]),
            countries=tuple(named[Of.country]),
            genres=tuple(named[Of.genre]),
            eras=tuple(named[Of.era]),
            kinds=tuple(named[Of.kind]),
        )

    def is_topic(self, title: str) -> bool:
        """Return whether a title is but the word for a topic or a sort: "Requiem"."""
        return bool({Of.subject, Of.genre, Of.era}.intersection(self._look_up(words_of(title))))

    def telling(self, terms: Sequence[str]) -> list[str]:
        """Return the terms without those that name a kind, which half the shop is of."""
        told = [term for term in terms if Of.kind not in self._look_up(words_of(term))]
        return told or list(terms)

    def unknown(self, terms: Iterable[str]) -> set[str]:
        """Return the terms that are no name of the catalogue, as they are compared."""
        said = {word for term in terms for word in words_of(term)}
        return {word for word in said if not self._look_up((word,))}

    def at(self, words: Sequence[str], start: int) -> tuple[Mapping[Of, Sequence[str]], int]:
        """Return all that the longest name beginning at a word may mean, and its words.

        A family name means everybody who bears it. There is nothing, and no word, where none does.
        """
        for end in range(min(start + _LONGEST_NAME, len(words)), start, -1):
            found = self._look_up(tuple(words[start:end]))
            if found:
                return {of: tuple(names) for of, names in found.items()}, end - start
        return {}, 0

    def rare(self, subjects: Iterable[str], most: int) -> list[str]:
        """Return those of the subjects that few products have."""
        return [name for name in subjects if self._subjects.get(name, 0) <= most]

    def rare_kinds(self, kinds: Iterable[str], most: int) -> list[str]:
        """Return those of the kinds that few products are of."""
        return [kind for kind in kinds if self._terms.get((Facet.kind, kind), 0) <= most]

    def _hits(self, words: Phrase) -> Iterator[_Hit]:
        for start in range(len(words)):
            for end in range(start + 1, min(start + _LONGEST_NAME, len(words)) + 1):
                for of, names in self._look_up(words[start:end]).items():
                    meant = [max(names, key=names.__getitem__)] if of is Of.family else names
                    yield from (_Hit(of, name, start, end) for name in meant)

    def _look_up(self, phrase: Phrase) -> Mapping[Of, Mapping[str, int]]:
        if len(phrase) == 1 and phrase[0] in vocabulary().filler:
            return {}
        named: dict[Of, Mapping[str, int]] = {}
        for form in _forms(phrase) if phrase else ():
            # "Quartets" may be a sort of work as it is said, and a topic without its ending.
            named = {**self._index.get(form, {}), **named}
        return named

    @staticmethod
    def _without_namesakes(hits: list[_Hit]) -> list[_Hit]:
        full = [hit for hit in hits if hit.of is Of.creator]
        return [
            hit for hit in hits if hit.of is not Of.family or not any(f.covers(hit) for f in full)
        ]

    def _add(self, of: Of, said: str, name: str, count: int) -> None:
        phrase = words_of(said)
        if phrase:
            self._index[phrase].setdefault(of, {})[name] = count

    def _add_in_all_languages(self, of: Of, name: str, count: int) -> None:
        called = [vocabulary().named(name, language) for language in Language]
        for said in (*called, *vocabulary().said.get(name, ())):
            self._add(of, said, name, count)

    def _add_creators(self, creators: Mapping[str, int], texts: Mapping[str, int]) -> None:
        for name, count in creators.items():
            self._add(Of.creator, name, name, count)
            family = family_name(name)
            # "Silicon Power" is not what somebody means who looks for a power bank.
            if family and texts.get(family.casefold(), 0) <= _A_WORD * count:
                self._add(Of.family, family, name, count)

    def _add_countries(self, countries: Mapping[str, int]) -> None:
        for code, count in countries.items():
            for language in Language:
                self._add(Of.country, country(code, language), code, count)

    def _add_terms(self, borne: Mapping[tuple[Facet, str], int]) -> None:
        for (facet, key), term in vocabulary().terms.items():
            if facet is not Facet.country and (facet, key) not in borne:
                continue
            for language in Language:
                for word in (*term.words[language], key if facet is Facet.genre else ""):
                    self._add(Of(facet.value), word, key, 1)


def _forms(phrase: Phrase) -> Iterator[Phrase]:
    """Yield a phrase as said, then without its ending, then by its other spelling."""
    *before, last = phrase
    yield phrase
    if last.endswith("s") and len(last) > _LEAST_STEM:
        yield (*before, last[:-1])
    for ending in (1, 2):
        if len(last) - ending > _LEAST_STEM:
            yield (*before, last[:-ending])
    other = vocabulary().spellings.get(" ".join(phrase))
    if other:
        yield words_of(other)
