import pytest

from crm_store.catalogue.models import Product
from crm_store.catalogue.naming import one_of, telling
from tests.builders import a_product

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    "text",
    [
        "Was kostet das?",
        "Ja, bitte bestellen",
        "the second one please",
        "zwei Stück, bitte",
        "tell me when it's back in stock",
        "ana@example.com",
    ],
)
def test_some_words_name_nothing(text: str) -> None:
    assert telling(text) == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Was kostet die Zauberflöte?", ("zauberflöte",)),
        ("how much is the Magic Flute", ("magic", "flute")),
        ("Beethovens siebte Sinfonie", ("beethovens", "7", "sinfonie")),
    ],
)
def test_what_is_left_may_be_a_name(text: str, words: tuple[str, ...]) -> None:
    assert telling(text) == words


def test_one_of_a_few_is_told_by_what_the_others_lack() -> None:
    recording, film = a_product("Tosca", facets="CD"), a_product("Tosca in Rome", facets="film DVD")

    assert one_of([recording, film], "the film please") is film
    assert one_of([recording, film], "the CD") is recording


def test_what_all_of_a_few_bear_tells_none() -> None:
    few: list[Product] = [a_product("Tosca", facets="CD"), a_product("Tosca", facets="CD")]

    assert one_of(few, "Tosca") is None
    assert one_of(few, "Aida") is None
