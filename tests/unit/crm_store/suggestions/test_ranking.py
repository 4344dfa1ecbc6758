import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_store.suggestions.candidates import Candidate
from crm_store.suggestions.ranking import (
    Pick,
    distinct,
    kin,
    likened,
    mixed,
    same_work,
    titles_in,
)
from crm_store.suggestions.reasons import Link, Reason
from crm_store.suggestions.wish import Found
from tests.unit.crm_store.suggestions.builders import a_candidate

pytestmark = pytest.mark.unit

VERDI = Found(creators=("Giuseppe Verdi",), genres=("opera",))


def test_only_what_bears_a_name_of_the_wish_is_its_kin() -> None:
    aida = a_candidate("Aida")
    tosca = a_candidate(
        "Tosca", creator="Giacomo Puccini", genre="song", subjects=(), near=0.99, fused=1.0
    )

    assert [pick.candidate for pick in kin([tosca, aida], VERDI)] == [aida]


def test_without_a_name_the_search_decides() -> None:
    first = a_candidate("A", creator=None, fused=0.9)
    second = a_candidate("B", creator=None, fused=0.4)

    picks = kin([second, first], Found())

    assert [pick.candidate for pick in picks] == [first, second]
    assert {pick.reason.link for pick in picks} == {Link.wish}


def test_a_kind_that_was_asked_for_is_kept_to() -> None:
    book = a_candidate("Verdi. Ein Leben", kind="book", creator=None)
    found = Found(creators=("Giuseppe Verdi",), kinds=("book",))

    assert [pick.candidate for pick in kin([a_candidate(), book], found)] == [book]


def test_two_of_three_are_kin_and_one_is_a_neighbour() -> None:
    of_kin = _picks("Aida", "Otello", "Falstaff")
    near = _picks("Parma", "Mailand", kind="travel_guide")

    assert _titles(mixed(of_kin, near, 3)) == ["Aida", "Otello", "Parma"]
    assert _titles(mixed(of_kin, near, 1)) == ["Aida"]


def test_where_one_sort_runs_out_the_other_fills_in() -> None:
    assert _titles(mixed(_picks("Aida", "Otello", "Macbeth"), [], 3)) == [
        "Aida",
        "Otello",
        "Macbeth",
    ]
    near = _picks("Parma", "Mailand", "Rom", kind="travel_guide")
    assert _titles(mixed(_picks("Aida"), near, 3)) == ["Aida", "Parma", "Mailand"]


def test_the_same_work_is_not_suggested_twice() -> None:
    picks = _picks("La traviata", "La traviata – Film der Aufführung", "Aida")

    assert _titles(distinct(picks, 3)) == ["La traviata", "Aida"]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Rigoletto", "Rigoletto – Vocal Score", True),
        ("Verdi: Messa da Requiem", "Messa da Requiem", True),
        ("Piano Concerto No. 1", "Piano Concerto No. 2", False),
        ("Aida", "Nabucco", False),
    ],
)
def test_a_work_is_known_by_its_title(one: str, other: str, same: bool) -> None:
    assert same_work(a_candidate(one), a_candidate(other)) is same


def test_a_book_about_a_work_is_not_the_work() -> None:
    book = a_candidate("Requiem: How Music Mourns", kind="book", creator=None)

    assert not same_work(a_candidate("Messa da Requiem"), book)
    assert not same_work(a_candidate("Requiem"), book)


def test_the_same_title_by_another_creator_is_another_work() -> None:
    assert not same_work(a_candidate("Otello"), a_candidate("Otello", creator="Gioachino Rossini"))


def test_a_title_in_the_wish_is_noticed() -> None:
    traviata, nabucco = a_candidate("La traviata"), a_candidate("Nabucco")

    said = "ich mag La Traviata und nabucco"

    assert list(titles_in(said, [traviata, nabucco]).values()) == ["La traviata", "Nabucco"]


def test_an_everyday_word_is_no_title() -> None:
    songs = [a_candidate("Evening"), a_candidate("Evening", creator="Charles Ives")]

    assert titles_in("something calm for the evening", songs) == {}


def test_only_what_is_likened_is_meant_by_its_title() -> None:
    tosca = a_candidate("Tosca", creator="Giacomo Puccini")
    songspiel = a_candidate("Happy End", creator="Kurt Weill")

    said = "Like Tosca, but with a happy end"

    assert list(titles_in(said, [songspiel, tosca]).values()) == ["Tosca"]
    assert titles_in("Tosca", [tosca]) == {}


@pytest.mark.parametrize(
    ("wish", "is_likened"),
    [
        ("etwas wie Don Carlos", True),
        ("Something like Don Carlos", True),
        ("Like Don Carlos, but shorter", True),
        ("I would like Don Carlos", False),
        ("Don Carlos, bitte", False),
    ],
)
def test_whoever_wants_something_like_it_does_not_want_it(wish: str, *, is_likened: bool) -> None:
    carlos = a_candidate("Don Carlos")

    assert likened(wish, {carlos.product: carlos.title}) is is_likened


names = st.sampled_from(["Aida", "Otello", "Macbeth", "Ernani", "Tosca", "Parma", "Rom"])


@given(st.lists(names), st.lists(names), st.integers(0, 6))
def test_a_mix_is_never_longer_than_asked_and_never_repeats(
    one: list[str], other: list[str], most: int
) -> None:
    chosen = _titles(mixed(_picks(*one), _picks(*other, kind="score"), most))

    assert len(chosen) == min(most, len({*one, *other}))
    assert len(set(chosen)) == len(chosen)


def _picks(*titles: str, **facts: object) -> list[Pick]:
    return [_pick(a_candidate(title, **facts)) for title in titles]


def _pick(candidate: Candidate) -> Pick:
    return Pick(candidate, Reason.of_creator("Giuseppe Verdi"), 1.0)


def _titles(picks: list[Pick]) -> list[str]:
    return [pick.candidate.title for pick in picks]
