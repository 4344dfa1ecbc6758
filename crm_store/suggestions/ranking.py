"""Chooses among candidates: kin of the wish first, then a neighbour of another kind."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Self
from uuid import UUID

from rapidfuzz import fuzz

from crm_store.suggestions.candidates import Candidate
from crm_store.suggestions.names import words_of
from crm_store.suggestions.reasons import Reason
from crm_store.suggestions.wish import Found

SAME_WORK = 88
"""From this likeness of two titles on, of 100, they are taken for one work."""
ONE_NEIGHBOUR_IN = 3

# A name that the customer said outweighs what search alone tells, which weighs up to 2.
_SEARCH = 2.0
_TITLE, _CREATOR, _KIND, _GENRE, _ABOUT = 4.0, 3.0, 2.0, 1.5, 2.0
_CITY, _SUBJECT, _COUNTRY, _ERA = 1.5, 1.0, 0.75, 0.75
_ESSENTIAL, ESSENTIAL = 0.5, "essential"
"""What the catalogue marks as a masterpiece comes before its like."""
_FAR = 1.75
"""For a travel guide beside music: a neighbour leads out of the room, not along the shelf."""
_FOR_PLAYERS = -1.0
"""For a score that was not asked for: few who like the music play it."""


@dataclass(frozen=True, slots=True)
class Pick:
    """A product that was chosen, why, and what it scored."""

    candidate: Candidate
    reason: Reason
    score: float
    neighbour: bool = False


@dataclass(frozen=True, slots=True)
class Places:
    """Where a neighbour may lie: where the customer said, or else where the kin belong."""

    cities: frozenset[str]
    countries: frozenset[str]

    @classmethod
    def of(cls, leading: Sequence[Candidate], found: Found) -> Self:
        """Return the places of a wish and of the products that lead the answer to it."""
        said = bool(found.places)
        return cls(
            frozenset(found.cities if said else (c.city for c in leading if c.city)),
            frozenset(
                found.countries if found.countries else (c.country for c in leading if c.country)
            ),
        )


def kin(candidates: Iterable[Candidate], found: Found) -> list[Pick]:
    """Return what answers the wish, the best first.

    Where the wish names something, only what bears one of its names is kin.
    """
    picks = [_kin(candidate, found) for candidate in candidates]
    named = [pick for pick in picks if pick.reason.named]
    chosen = _of_the_kinds(named or picks, found.kinds)
    return sorted(chosen, key=lambda pick: (-pick.score, pick.candidate.title))


def neighbours(
    candidates: Iterable[Candidate],
    anchor: Reason,
    leading: Sequence[Candidate],
    places: Places,
) -> list[Pick]:
    """Return products of other kinds that share a theme or place with the leading kin."""
    picks = [_neighbour(candidate, anchor, leading, places) for candidate in candidates]
    return sorted(picks, key=lambda pick: (-pick.score, pick.candidate.title))


def mixed(of_kin: Sequence[Pick], near: Sequence[Pick], most: int) -> list[Pick]:
    """Return up to `most` picks: kin, with one neighbour in every three, no work twice.

    Where one sort runs out the other fills its places.
    """
    places = most // ONE_NEIGHBOUR_IN
    leading = distinct(of_kin, most - places)
    beside = distinct(near, most - len(leading), besides=leading)
    rest = distinct(of_kin, most - len(leading) - len(beside), besides=[*leading, *beside])
    return [*leading, *rest, *beside]


def distinct(picks: Iterable[Pick], most: int, *, besides: Sequence[Pick] = ()) -> list[Pick]:
    """Return the first `most` picks of which no two are the same work."""
    chosen: list[Pick] = []
    for pick in picks:
        if len(chosen) >= most:
            break
        if not any(same_work(pick.candidate, other.candidate) for other in [*besides, *chosen]):
            chosen.append(pick)
    return chosen


def same_work(one: Candidate, other: Candidate) -> bool:
    """Return whether two products are the same work, or the same thing."""
    if one.product == other.product:
        return True
    if one.creator != other.creator and one.creator and other.creator:
        return False
    first, second = _title_words(one), _title_words(other)
    if _numbers(first) != _numbers(second):
        return False
    return fuzz.token_set_ratio(" ".join(first), " ".join(second)) >= SAME_WORK


def titles_in(wish: str, candidates: Iterable[Candidate]) -> dict[UUID, str]:
    """Return the candidates that the wish calls by their title.

    A title of one word counts only if it is long and of one creator: "Evening" is no title.
    """
    said = f" {' '.join(words_of(wish))} "
    titled = [(c, words_of(c.title)) for c in candidates]
    meant = [(c, words) for c, words in titled if words and f" {' '.join(words)} " in said]
    return {c.product: c.title for c, words in meant if len(words) > 1 or _telling(words[0], meant)}


def _title_words(candidate: Candidate) -> list[str]:
    words = words_of(candidate.title)
    maker = words_of(candidate.creator or "")
    return [word for word in words if word not in maker] or list(words)


def _numbers(words: Iterable[str]) -> set[str]:
    return {word for word in words if word.isdigit()}


def _telling(word: str, meant: Sequence[tuple[Candidate, tuple[str, ...]]]) -> bool:
    creators = {c.creator for c, words in meant if words == (word,)}
    return len(word) > 5 and len(creators) == 1


def _kin(candidate: Candidate, found: Found) -> Pick:
    score = _SEARCH * candidate.fused
    score += sum(weight for holds, weight in _bonds(candidate, found) if holds)
    return Pick(candidate, _reason(candidate, found), score)


def _bonds(candidate: Candidate, found: Found) -> list[tuple[bool, float]]:
    subjects = set(candidate.subjects)
    return [
        (candidate.product in found.titles, _TITLE),
        (candidate.creator in found.creators, _CREATOR),
        (bool(subjects.intersection(found.creators)), _ABOUT),
        (candidate.city in found.cities, _CITY),
        (bool(subjects.intersection(found.cities)), _SUBJECT),
        (candidate.country in found.countries, _COUNTRY),
        (bool(subjects.intersection(found.subjects)), _SUBJECT),
        (candidate.genre in found.genres, _GENRE),
        (candidate.era in found.eras, _ERA),
        (candidate.kind in found.kinds, _KIND),
        (ESSENTIAL in subjects, _ESSENTIAL),
        (candidate.kind == "score" and "score" not in found.kinds, _FOR_PLAYERS),
    ]


def _reason(candidate: Candidate, found: Found) -> Reason:
    if found.titles and (candidate.product in found.titles or candidate.creator in found.creators):
        return Reason.of_title(next(iter(found.titles.values())))
    makers = [candidate.creator, *candidate.subjects]
    tries: list[tuple[Callable[[str], Reason], Sequence[str], Iterable[str | None]]] = [
        (Reason.of_creator, found.creators, makers),
        (Reason.of_name, found.cities, [candidate.city, *candidate.subjects]),
        (Reason.of_country, found.countries, [candidate.country]),
        (Reason.of_genre, found.genres, [candidate.genre]),
        (Reason.of_name, found.subjects, candidate.subjects),
        (Reason.of_era, found.eras, [candidate.era]),
        (Reason.of_kind, found.kinds, [candidate.kind]),
    ]
    for made, wished, borne in tries:
        shared = [name for name in wished if name in set(borne)]
        if shared:
            return made(shared[0])
    return Reason.of_wish()


def _of_the_kinds(picks: list[Pick], kinds: Sequence[str]) -> list[Pick]:
    return [pick for pick in picks if pick.candidate.kind in kinds] or picks


def _neighbour(
    candidate: Candidate, anchor: Reason, leading: Sequence[Candidate], places: Places
) -> Pick:
    city = candidate.city if candidate.city in places.cities else None
    country = candidate.country if candidate.country in places.countries else None
    themes = {c.creator for c in leading if c.creator} | places.cities
    bonds = [
        (not themes.isdisjoint(candidate.subjects), _ABOUT),
        (city is not None, _CITY),
        (country is not None, _COUNTRY),
        (candidate.kind == "travel_guide", _FAR),
        (candidate.kind == "score", _FOR_PLAYERS),
    ]
    score = candidate.near + sum(weight for holds, weight in bonds if holds)
    return Pick(candidate, anchor.beside(city, country), score, neighbour=True)
