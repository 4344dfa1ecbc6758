"""Draws from the words of a wish what limits it, and leaves the words that say what is wished."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from crm_store.suggestions.filter_words import filter_words
from crm_store.suggestions.filters import Filters, Name, Of, Thing
from crm_store.suggestions.names import Names
from crm_store.suggestions.prices import priced
from crm_store.suggestions.sentence import Sentence

_NEAR: Final = 2
_AS_FAR_AS: Final = 5
_MOST_BETWEEN: Final = 3
_FIRST_OF: Final = (Of.creator, Of.genre, Of.era, Of.kind, Of.country, Of.city, Of.subject)
"""As what a name is taken that may mean several things."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """What limits a wish, and the words that are left of it."""

    filters: Filters
    rest: str


Part = tuple[Filters, set[int]]
"""What was understood, and the places of the words that said it."""


def drawn_from(text: str, names: Names, *, currency: str) -> Drawn:
    """Return what a wish in either language says of price, format, makers and stock.

    Only names and formats count that the catalogue bears; a sum in another currency than the
    shop's limits nothing. Words that limit do not stay among the words to search for.
    """
    sentence, filters = Sentence.of(text), Filters()
    steps: tuple[Callable[[Sentence], Part], ...] = (
        lambda said: priced(said, currency),
        _stocked,
        lambda said: _restricted(said, names),
        lambda said: _refused(said, names),
        lambda said: _formatted(said, names),
    )
    for step in steps:
        found, taken = step(sentence)
        filters, sentence = filters.and_then(found), sentence.without(taken)
    return Drawn(filters, sentence.rest)


def _stocked(said: Sentence) -> Part:
    words = filter_words()
    place = 0
    while place < len(said.words):
        size = words["sold_out", "gone"].at(said.words, place)
        span = _welcome(said, place, place + size) if size else None
        if span:
            return Filters(sold_out=True), set(range(*span))
        there = words["in_stock", "words"].at(said.words, place)
        if there and not size:
            return Filters(sold_out=False), set(range(place, place + there))
        place += size or 1
    return Filters(), set()


def _welcome(said: Sentence, start: int, end: int) -> tuple[int, int] | None:
    """Return the words that say that what is gone is welcome all the same, if they do."""
    words = filter_words()
    closed = said.skip(words["sold_out", "end"], end, most=1)
    for first in range(start - 1, max(start - 1 - _AS_FAR_AS, -1), -1):
        if words["sold_out", "also"].at(said.words, first):
            return first, closed
    for last in range(closed, min(closed + 2, len(said.words))):
        size = words["sold_out", "afterwards"].at(said.words, last)
        if size:
            return start, last + size
    return None


def _restricted(said: Sentence, names: Names) -> Part:
    words = filter_words()
    things: dict[Of, list[Name]] = {}
    taken: set[int] = set()
    for place in range(len(said.words)):
        size = words["only", "words"].at(said.words, place)
        if not size or words["only", "not_so"].any_of(said.words[max(place - 1, 0) : place]):
            continue
        first = said.skip(words["only", "between"], place + size, most=_MOST_BETWEEN)
        runs = [run for run, _ in _listed(said, names, first)]
        if not runs and said.ends_before(place + size):
            runs = _named_before(said, names, place)
        for named in (one for run in runs for one in run):
            of, thing = _foremost(named)
            things.setdefault(of, []).extend(thing)
            taken |= set(range(place, first))
    things.pop(Of.form, None)
    only = tuple(tuple(dict.fromkeys(several)) for several in things.values())
    return Filters(only=only), taken if only else set()


def _named_before(said: Sentence, names: Names, end: int) -> list[list[Mapping[Of, Sequence[str]]]]:
    """Return the name before a word: "Puccini only"."""
    for start in range(max(end - _AS_FAR_AS, 0), end if end not in said.breaks else 0):
        named, size = names.at(said.words, start)
        if size and start + size == end:
            return [[named]]
    return []


def _refused(said: Sentence, names: Names) -> Part:
    groups: list[tuple[Thing, ...]] = []
    taken: set[int] = set()
    place = 0
    while place < len(said.words):
        size = _refusal(said, place)
        found, end = _refused_after(said, names, place, place + size) if size else ([], place)
        if end == place:
            found, end = _refused_before(said, names, place)
        groups += found
        taken |= set(range(place, end))
        place = max(end, place + 1, place + size)
    return Filters(without=tuple(dict.fromkeys(groups))), taken


def _refusal(said: Sentence, place: int) -> int:
    """Return how many words refuse what comes next."""
    words = filter_words()
    firm = words["without", "firm"].at(said.words, place)
    soft = words["without", "soft"].at(said.words, place)
    size = max(firm, soft)
    if words["without", "not_only"].at(said.words, place + size):
        return 0
    lacking = words["without", "lacking"].any_of(said.clause(place)[-_NEAR:])
    return 0 if lacking and firm < soft or lacking and not firm else size


def _refused_after(
    said: Sentence, names: Names, lead: int, start: int
) -> tuple[list[tuple[Thing, ...]], int]:
    words = filter_words()
    if start in said.breaks:
        return [], lead
    first = said.skip(words["without", "between"], start, most=_MOST_BETWEEN)
    runs = [] if first in said.breaks else list(_listed(said, names, first))
    if runs:
        return [tuple(_whole(named) for named in run) for run, _ in runs], runs[-1][1]
    by = words["lists", "of"].any_of(said.words[first - 1 : first])
    unknown = by and first < len(said.words) and first not in said.breaks
    return [], first + 1 if unknown else lead


def _refused_before(
    said: Sentence, names: Names, place: int
) -> tuple[list[tuple[Thing, ...]], int]:
    """Return what is refused after it was named: "Wagner bitte nicht"."""
    words = filter_words()
    named, size = names.at(said.words, place)
    end = place + size
    refusal = (
        words["without", "after"].at(said.words, end) if size and end not in said.breaks else 0
    )
    if not refusal or not said.ends_before(end + refusal):
        return [], place
    if words["without", "knowing"].any_of(said.clause(place)):
        return [], place
    return [(_whole(named),)], end + refusal


def _listed(
    said: Sentence, names: Names, place: int
) -> Iterator[tuple[list[Mapping[Of, Sequence[str]]], int]]:
    """Yield the names of a list, each with what it is of ("operas by Wagner") and where it ends."""
    words = filter_words()
    while True:
        run, end = _run(said, names, place)
        if not run:
            return
        yield run, end
        joint = words["lists", "joints"].at(said.words, end)
        if joint:
            place = said.skip(words["without", "between"], end + joint, most=_MOST_BETWEEN)
        elif end in said.breaks and _list_goes_on(said, names, end):
            place = end
        else:
            return


def _run(said: Sentence, names: Names, place: int) -> tuple[list[Mapping[Of, Sequence[str]]], int]:
    run: list[Mapping[Of, Sequence[str]]] = []
    end = place
    while True:
        named, size = names.at(said.words, place)
        if not size or (run and (place in said.breaks or Of.form in named)):
            return run, end
        run.append(named)
        end = place + size
        if _is_maker(named) or end in said.breaks:
            return run, end
        place = end + filter_words()["lists", "of"].at(said.words, end)


def _list_goes_on(said: Sentence, names: Names, place: int) -> bool:
    """Tell "Wagner, Strauss oder Mahler" from "nicht Wagner, Verdi bitte"."""
    run, end = _run(said, names, place)
    if not run:
        return False
    joint = filter_words()["lists", "joints"].at(said.words, end)
    if joint:
        return bool(names.at(said.words, end + joint)[1])
    return end in said.breaks and _list_goes_on(said, names, end)


def _formatted(said: Sentence, names: Names) -> Part:
    words = filter_words()
    keys: list[str] = []
    taken: set[int] = set()
    place = 0
    while place < len(said.words):
        named, size = names.at(said.words, place)
        end = place + size
        another = end not in said.breaks and words["format", "other_things"].at(said.words, end)
        if Of.form in named and not another:
            keys += named[Of.form]
            taken |= set(range(_begun(said, place), end))
        place = max(end, place + 1)
    return Filters(formats=tuple(dict.fromkeys(keys))), taken


def _begun(said: Sentence, place: int) -> int:
    for _ in range(2):
        place -= filter_words()["format", "begin"].before(said.words, place)
    return place


def _is_maker(named: Mapping[Of, Sequence[str]]) -> bool:
    return Of.creator in named or Of.family in named


def _whole(named: Mapping[Of, Sequence[str]]) -> Thing:
    """Return all that a name may mean, so that a refusal lets nothing of it through."""
    said = {of: names for of, names in named.items() if of is not Of.kind or Of.form not in named}
    return tuple(Name(_plain(of), name) for of, names in said.items() for name in names)


def _foremost(named: Mapping[Of, Sequence[str]]) -> tuple[Of, Thing]:
    if Of.form in named:
        return Of.form, ()
    plain: dict[Of, list[str]] = {}
    for of, names in named.items():
        plain.setdefault(_plain(of), []).extend(names)
    of = next(of for of in _FIRST_OF if of in plain)
    return of, tuple(Name(of, name) for name in plain[of])


def _plain(of: Of) -> Of:
    return Of.creator if of is Of.family else of
