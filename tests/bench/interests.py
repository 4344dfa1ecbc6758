"""Stated interests, and what should answer them on the demo shop with Open Opus."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crm_store.base import Language
from crm_store.catalogue.vocabulary import Facet, folded, vocabulary
from crm_store.suggestions.candidates import Candidate
from crm_store.suggestions.ranking import Pick
from crm_store.suggestions.reasons import Link
from tests.bench.shops import DATA

WORKS = DATA / "openopus" / "works.jsonl"
INTERESTS = Path(__file__).with_name("interests.toml")

Facts = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Interest:
    """What somebody says, and what should answer it."""

    said: Mapping[Language, str]
    kin: Facts
    kin_any: Facts
    beside: Facts

    def faults(self, picks: Sequence[Pick]) -> list[str]:
        """Return what is wrong with an answer."""
        kin = [pick.candidate for pick in picks if self._is_kin(pick.candidate)]
        kinds = {candidate.kind for candidate in kin}
        beside = [
            pick
            for pick in picks
            if _has_any(pick.candidate, self.beside) and kinds - {pick.candidate.kind}
        ]
        faults = [] if kin else ["no kin"]
        faults += [] if beside else ["no neighbour"]
        return faults + [f"untrue: {pick.candidate.title}" for pick in picks if not _is_true(pick)]

    def _is_kin(self, candidate: Candidate) -> bool:
        each = all(_has(candidate, fact, values) for fact, values in self.kin.items())
        return each and (not self.kin_any or _has_any(candidate, self.kin_any))


def interests_in(file: Path) -> list[Interest]:
    """Read them."""
    written = tomllib.loads(file.read_text("utf-8"))["interest"]
    return [
        Interest(
            {language: one[language.value] for language in Language},
            one.get("kin", {}),
            one.get("kin_any", {}),
            one["beside"],
        )
        for one in written
    ]


def _has_any(candidate: Candidate, facts: Facts) -> bool:
    return any(_has(candidate, fact, values) for fact, values in facts.items())


def _has(candidate: Candidate, fact: str, values: Iterable[str]) -> bool:
    if fact == "title":
        return any(folded(value) in folded(candidate.title) for value in values)
    borne: Any = getattr(candidate, fact)
    return not set(values).isdisjoint(borne if isinstance(borne, tuple) else {borne})


def _is_true(pick: Pick) -> bool:
    """Return whether what a reason names is a fact of the product."""
    match pick.reason.link:
        case Link.work | Link.wish:
            return True
        case Link.beside | Link.place:
            named = pick.reason.place
        case _:
            named = pick.reason.about
    return named[Language.en] in _facts(pick.candidate)


def _facts(candidate: Candidate) -> set[str | None]:
    keyed = [
        (Facet.genre, candidate.genre),
        (Facet.era, candidate.era),
        (Facet.country, candidate.country),
        (Facet.kind, candidate.kind),
    ]
    called = {vocabulary().called(facet, key, Language.en) for facet, key in keyed if key}
    return {candidate.creator, candidate.city, *candidate.subjects, *called}
