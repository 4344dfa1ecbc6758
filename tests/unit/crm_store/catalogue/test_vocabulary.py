import pytest

from crm_store.base import Language
from crm_store.catalogue.models import Product, ProductKind, ProductText
from crm_store.catalogue.vocabulary import Facet, vocabulary
from crm_store.catalogue.wording import facets, to_encode
from crm_store.demo import content

pytestmark = pytest.mark.unit

NABUCCO = Product(
    kind=ProductKind.recording,
    creator="Giuseppe Verdi",
    format="vinyl",
    genre="opera",
    era="romantic",
    country="IT",
    city="Milan",
    subjects=["Giuseppe Verdi", "Italy"],
)


def test_every_kind_is_called_something_in_each_language() -> None:
    listed = {key for facet, key in vocabulary().terms if facet is Facet.kind}

    assert listed == {kind.value for kind in ProductKind}


@pytest.mark.parametrize("facet", [Facet.genre, Facet.era, Facet.form])
def test_the_demo_shop_is_called_by_german_names_too(facet: Facet) -> None:
    keys = {row[facet.value] for row in content.products()} - {None}

    assert {key for key in keys if (facet, key) not in vocabulary().terms} == set()


def test_a_product_is_found_by_german_words_for_what_it_is() -> None:
    words = facets(NABUCCO, Language.de)

    assert {"Oper", "Italien", "Mailand", "Verdi", "Schallplatte"} <= {
        w.title() for w in words.split()
    }


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("CD", "cd"),
        ("LP", "vinyl"),
        (" Taschenbuch ", "paperback"),
        ("Hörbücher", "audiobook"),
        ("Blu-ray  Disc", "blu-ray"),
        ("Piano Reduction", "vocal_score"),
        ("Musikkassette", "musikkassette"),
    ],
)
def test_a_shop_s_own_word_for_a_format_is_understood(said: str, key: str) -> None:
    assert vocabulary().key(Facet.form, said) == key


@pytest.mark.parametrize("language", Language)
def test_every_format_can_be_said_of_a_thing(language: Language) -> None:
    formats = [term for term in vocabulary().terms.values() if term.facet is Facet.form]

    assert formats
    assert all(term.borne[language] for term in formats)


def test_what_is_encoded_says_each_thing_once() -> None:
    text = ProductText(language=Language.en, title="Nabucco", description="A chorus.")

    said = to_encode(NABUCCO, text)

    assert said == "Nabucco. Giuseppe Verdi, operas, romantic music, Italy, Milan. A chorus."
