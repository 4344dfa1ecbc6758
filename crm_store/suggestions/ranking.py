"""Chooses among candidates: what is kin of the wish, and how many neighbours go with it."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from rapidfuzz import fuzz

from crm_store.catalogue.vocabulary import vocabulary
from crm_store.suggestions.candidates import Candidate
from crm_store.suggestions.names import words_of
from crm_store.suggestions.reasons import Reason
from crm_store.suggestions.wish import Found

SAME_WORK = 88
"""From this likeness of two titles on, of 100, they are taken for one work."""
ONE_NEIGHBOUR_IN = 3
_ABOUT_WORKS = {"book", "travel_guide"}
"""Kinds that are about works, whatever their titles say: the others are the works."""

_TITLE_WORD, _LIKENED = 6, 4
"""Letters of a title of one word: anywhere in a wish, and right after "like"."""

# A name that the customer said outweighs what search alone tells, which weighs up to 2.
_SEARCH = 2.0
_TITLE, _CREATOR, _KIND, GENRE, ABOUT = 4.0, 3.0, 2.0, 1.5, 2.0
CITY, _SUBJECT, COUNTRY, _ERA = 1.5, 1.0, 0.75, 0.75
_ESSENTIAL, ESSENTIAL = 0.5, "essential"
"""What the catalogue marks as a masterpiece comes before its like."""
FOR_PLAYERS = -1.0
"""For a score that was not asked for: few who like the music play it."""


@dataclass(frozen=True, slots=True)
class Pick:
    """A product that was chosen, why, and what it scored."""

    candidate: Candidate
    reason: Reason
    score: float
    neighbour: bool = False


def kin(candidates: Iterable[Candidate], found: Found) -> list[Pick]:
    """Return what answers the wish, the best first.

    Where the wish names something, only what bears one of its names is kin.
    """
    picks = [_kin(candidate, found) for candidate in candidates]
    named = [pick for pick in picks if pick.reason.named]
    chosen = _of_the_kinds(named or picks, found.kinds)
    return sorted(chosen, key=lambda pick: (-pick.score, pick.candidate.title))


def answers(picks: Sequence[Pick], found: Found) -> bool:
    """Return whether there is what the wish calls by title, or somebody's whom it names.

    Where it names neither, whatever there is answers it.
    """
    if not found.titles and not found.creators:
        return bool(picks)
    titles, makers = set(found.titles), set(found.creators)
    return any(
        pick.candidate.product in titles
        if titles
        else not makers.isdisjoint([pick.candidate.creator, *pick.candidate.subjects])
        for pick in picks
    )


def words_in_titles(picks: Iterable[Pick], words: Collection[str]) -> set[str]:
    """Return those of the words that stand in a title: "Tosca on Blu-ray" means that work."""
    return {word for pick in picks for word in words_of(pick.candidate.title) if word in words}


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
    if (one.kind in _ABOUT_WORKS) != (other.kind in _ABOUT_WORKS):
        return False
    if one.creator != other.creator and one.creator and other.creator:
        return False
    first, second = _title_words(one), _title_words(other)
    if _numbers(first) != _numbers(second):
        return False
    return fuzz.token_set_ratio(" ".join(first), " ".join(second)) >= SAME_WORK


def titles_in(wish: str, candidates: Iterable[Candidate]) -> dict[UUID, str]:
    """Return the candidates that the wish calls by their title.

    A title of one word counts only if it is long and of one creator: "Evening" is no title. Where
    something like a title is wished for, that title alone is meant.
    """
    said = f" {' '.join(words_of(wish))} "
    titled = [(c, words_of(c.title)) for c in candidates]
    meant = [(c, words) for c, words in titled if words and f" {' '.join(words)} " in said]
    alike = [(c, words) for c, words in meant if _is_likened(words, said)]
    return {
        c.product: c.title
        for c, words in alike or meant
        if len(words) > 1 or _telling(words[0], meant, least=_LIKENED if alike else _TITLE_WORD)
    }


def likened(wish: str, titles: Mapping[UUID, str]) -> bool:
    """Return whether something like those titles is wished for, and not they themselves."""
    said = f" {' '.join(words_of(wish))} "
    return any(_is_likened(words_of(title), said) for title in titles.values())


def _title_words(candidate: Candidate) -> list[str]:
    words = words_of(candidate.title)
    maker = words_of(candidate.creator or "")
    return [word for word in words if word not in maker] or list(words)


def _numbers(words: Iterable[str]) -> set[str]:
    return {word for word in words if word.isdigit()}


def _is_likened(words: tuple[str, ...], said: str) -> bool:
    title = " ".join(words)
    return any(f" {like} {title} " in said for like in vocabulary().likeness) or any(
        said.startswith(f" {like} {title} ") for like in vocabulary().likeness_at_first
    )


def _telling(word: str, meant: Sequence[tuple[Candidate, tuple[str, ...]]], *, least: int) -> bool:
    creators = {c.creator for c, words in meant if words == (word,)}
    return len(word) >= least and len(creators) == 1


def _kin(candidate: Candidate, found: Found) -> Pick:
    score = _SEARCH * candidate.fused
    score += sum(weight for holds, weight in _bonds(candidate, found) if holds)
    return Pick(candidate, _reason(candidate, found), score)


def _bonds(candidate: Candidate, found: Found) -> list[tuple[bool, float]]:
    subjects = set(candidate.subjects)
    return [
        (candidate.product in found.titles, _TITLE),
        (candidate.creator in found.creators, _CREATOR),
        (bool(subjects.intersection(found.creators)), ABOUT),
        (candidate.city in found.cities, CITY),
        (bool(subjects.intersection(found.cities)), _SUBJECT),
        (candidate.country in found.countries, COUNTRY),
        (bool(subjects.intersection(found.subjects)), _SUBJECT),
        (candidate.genre in found.genres, GENRE),
        (candidate.era in found.eras, _ERA),
        (candidate.kind in found.kinds, _KIND),
        (ESSENTIAL in subjects, _ESSENTIAL),
        (candidate.kind == "score" and "score" not in found.kinds, FOR_PLAYERS),
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
