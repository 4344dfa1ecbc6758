"""Neighbours: products of other kinds that share a topic, a maker or a place with the kin."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self

from crm_store.suggestions.candidates import Candidate
from crm_store.suggestions.ranking import ABOUT, CITY, COUNTRY, FOR_PLAYERS, GENRE, Pick
from crm_store.suggestions.reasons import Link, Reason
from crm_store.suggestions.wish import Found

_TOPIC = 3.5
"""For what is on the topic of the wish."""
_FAR = 1.75
"""For a travel guide beside music: a neighbour leads out of the room, not along the shelf."""
_BY_THE_WAY = 0.25


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


@dataclass(frozen=True, slots=True)
class Themes:
    """What a neighbour may share with the wish and with the products that lead the answer."""

    makers: frozenset[str]
    places: Places
    topics: tuple[str, ...] = ()
    genres: tuple[str, ...] = ()
    eras: tuple[str, ...] = ()
    incidental: float = 1.0
    """What counts of makers and places of the kin: whose they are was said, or just happens."""

    @classmethod
    def of(cls, leading: Sequence[Candidate], found: Found) -> Self:
        """Return what there is to share.

        Topics count where neither creator nor place was said: then the kin's own say little.
        """
        makers = frozenset([*found.creators, *(c.creator for c in leading if c.creator)])
        places = Places.of(leading, found)
        if found.by_topic:
            topics = found.subjects, found.genres, found.eras
            return cls(makers, places, *topics, incidental=_BY_THE_WAY)
        return cls(makers, places)


def neighbours(candidates: Iterable[Candidate], anchor: Reason, themes: Themes) -> list[Pick]:
    """Return products of other kinds by what they share with the wish and its kin, best first."""
    picks = [_neighbour(candidate, anchor, themes) for candidate in candidates]
    return sorted(picks, key=lambda pick: (-pick.score, pick.candidate.title))


def _neighbour(candidate: Candidate, anchor: Reason, themes: Themes) -> Pick:
    places, subjects = themes.places, set(candidate.subjects)
    city = candidate.city if candidate.city in places.cities else None
    country = candidate.country if candidate.country in places.countries else None
    topic = next((name for name in themes.topics if name in subjects), None)
    maker = next(iter(sorted(themes.makers & subjects)), None)
    sort = _sort(candidate, themes)
    bonds = [
        (topic is not None, _TOPIC),
        (sort is not None, GENRE),
        (maker is not None, ABOUT * themes.incidental),
        (
            maker is None and not places.cities.isdisjoint(subjects),
            ABOUT * themes.incidental,
        ),
        (city is not None, CITY * themes.incidental),
        (country is not None, COUNTRY * themes.incidental),
        (candidate.kind == "travel_guide", _FAR),
        (candidate.kind == "score", FOR_PLAYERS),
    ]
    score = candidate.near + sum(weight for holds, weight in bonds if holds)
    if topic is not None:
        reason = Reason.of_name(topic)
    elif city or country:
        reason = anchor.beside(city, country)
    else:
        reason = sort or (Reason.near(maker) if maker else Reason.of_wish())
    return Pick(candidate, reason, score, neighbour=True)


def _sort(candidate: Candidate, themes: Themes) -> Reason | None:
    """Return the reason that lies in a genre or an era that was said."""
    if candidate.genre in themes.genres:
        return Reason.of_genre(candidate.genre).after(Link.near)
    if candidate.era in themes.eras:
        return Reason.of_era(candidate.era).after(Link.near)
    return None
