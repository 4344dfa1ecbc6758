import pytest

from crm_store.base import Language
from crm_store.suggestions.beside import Themes, neighbours
from crm_store.suggestions.reasons import Link, Reason
from crm_store.suggestions.wish import Found
from tests.unit.crm_store.suggestions.builders import a_candidate

pytestmark = pytest.mark.unit

VERDI = Found(creators=("Giuseppe Verdi",), genres=("opera",))


def test_a_guide_to_the_place_is_the_neighbour_of_music() -> None:
    aida = a_candidate("Aida")
    guide = a_candidate("Parma", kind="travel_guide", creator=None, city="Parma")
    book = a_candidate("Verdi", kind="book", creator=None, city="Busseto")

    near = neighbours([book, guide], Reason.of_creator("Giuseppe Verdi"), Themes.of([aida], VERDI))

    assert near[0].candidate is guide
    assert near[0].reason.said(Language.en) == "to go with Giuseppe Verdi: Italy"
    assert near[0].reason.said(Language.de) == "passend zu Giuseppe Verdi: Italien"


def test_the_neighbour_of_a_topic_is_on_the_topic_rather_than_where_the_kin_belong() -> None:
    cantata = a_candidate("Cantata", creator=None, city="Leipzig", subjects=("Christmas",))
    guide = a_candidate("Leipzig", kind="travel_guide", creator=None, city="Leipzig", subjects=())
    book = a_candidate("Stars", kind="book", creator=None, city="Halle", subjects=("Christmas",))
    found = Found(subjects=("Christmas",))

    near = neighbours([guide, book], Reason.of_name("Christmas"), Themes.of([cantata], found))

    assert near[0].candidate is book
    assert near[0].reason.said(Language.de) == "passt zum Thema Weihnachten"


def test_a_neighbour_that_shares_the_maker_alone_says_so() -> None:
    face = a_candidate(
        "Funny Face", creator="George Gershwin", genre="stage", country=None, city=None
    )
    guide = a_candidate(
        "New York",
        kind="travel_guide",
        creator=None,
        country="US",
        city=None,
        subjects=("George Gershwin",),
    )

    [near] = neighbours(
        [guide], Reason.of_genre("stage"), Themes.of([face], Found(genres=("stage",)))
    )

    assert near.reason.said(Language.en) == "to go with George Gershwin"


def test_an_era_that_was_said_is_a_reason_only_for_what_is_of_it() -> None:
    piece = a_candidate(
        "Passacaille", creator="François Couperin", era="baroque", country=None, city=None
    )
    book = a_candidate(
        "Bach", kind="book", creator=None, era="baroque", country=None, city=None, subjects=()
    )
    other = a_candidate(
        "Ring", kind="book", creator=None, era="romantic", country=None, city=None, subjects=()
    )
    found = Found(eras=("baroque",))

    near = neighbours([other, book], Reason.of_era("baroque"), Themes.of([piece], found))

    assert [pick.reason.link for pick in near] == [Link.near, Link.wish]
