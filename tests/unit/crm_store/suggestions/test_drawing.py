from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_store.catalogue.vocabulary import Facet
from crm_store.suggestions.drawing import Drawn, drawn_from
from crm_store.suggestions.filters import Filters
from crm_store.suggestions.names import CatalogueNames, Names

pytestmark = pytest.mark.unit

CREATORS = {
    "Giuseppe Verdi": 20,
    "Giacomo Puccini": 9,
    "Richard Wagner": 12,
    "Richard Strauss": 10,
    "Johann Strauss": 5,
    "Gustav Mahler": 4,
}
FORMATS = ("cd", "vinyl", "blu-ray", "paperback", "audiobook", "vocal_score")
TERMS = {
    *((Facet.kind, kind) for kind in ("recording", "book", "film", "score")),
    *((Facet.genre, "opera"), (Facet.era, "romantic")),
}


def _names(*formats: str) -> Names:
    terms = dict.fromkeys([*TERMS, *((Facet.form, key) for key in formats)], 1)
    return Names(CatalogueNames(CREATORS, {"Venice": 4}, {}, {"IT": 9}, terms))


SHOP, SHOP_WITHOUT_FORMATS = _names(*FORMATS), _names()


def drawn(text: str, names: Names = SHOP) -> Drawn:
    return drawn_from(text, names, currency="EUR")


def refused(text: str) -> list[str]:
    """The names refused, where several together are one refusal joined by a plus."""
    groups = drawn(text).filters.without
    return ["+".join(name.name for thing in group for name in thing) for group in groups]


def demanded(text: str) -> list[list[str]]:
    return [[name.name for name in thing] for thing in drawn(text).filters.only]


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("etwas von Verdi unter 20 Euro", None, "20"),
        ("Verdi, höchstens 20,50 €", None, "20.50"),
        ("Verdi für 20.00 EUR", None, "20"),
        ("Verdi, 20 Euro maximal", None, "20"),
        ("Verdi nicht teurer als 1.299,00 Euro", None, "1299"),
        ("Opern ab 50 Euro", "50", None),
        ("Opern über 30 €", "30", None),
        ("Opern, 50 Euro aufwärts", "50", None),
        ("mindestens 15 Euro soll es kosten", "15", None),
        ("Opern zwischen 20 und 40 Euro", "20", "40"),
        ("Opern für 20 bis 40 Euro", "20", "40"),
        ("Opern, 20-40 €", "20", "40"),
        ("zwischen 20.00 EUR und 40.00 EUR", "20", "40"),
        ("etwas um die 20 Euro", "15", "25"),
        ("ungefähr 10 Euro", "7.50", "12.50"),
        ("something by Verdi under 20 euros", None, "20"),
        ("no more than €20", None, "20"),
        ("20 euros or less", None, "20"),
        ("operas over 30 euros", "30", None),
        ("30 euros and up", "30", None),
        ("at least 30 euros", "30", None),
        ("operas between 20 and 40 euros", "20", "40"),
        ("from 20 to 40 euros", "20", "40"),
        ("for around 20 euros", "15", "25"),
        ("Die Nr. 20 von Verdi", None, None),
        ("operas for under 20 dollars", None, None),
    ],
)
def test_a_price_is_heard_as_it_is_meant(text: str, least: str | None, most: str | None) -> None:
    found = drawn(text).filters

    assert found.least_price == (None if least is None else Decimal(least))
    assert found.most_price == (None if most is None else Decimal(most))


@given(
    st.integers(1, 9999),
    st.integers(1, 9999),
    st.sampled_from(["zwischen {} und {} Euro", "between {} and {} euros", "{} bis {} Euro"]),
)
def test_whatever_is_between_two_sums_is_wanted(one: int, other: int, form: str) -> None:
    found = drawn(form.format(one, other)).filters

    assert found.least_price == min(one, other)
    assert found.most_price == max(one, other)


@pytest.mark.parametrize(
    ("text", "formats"),
    [
        ("Verdi auf CD", ["cd"]),
        ("Verdi-CDs", ["cd"]),
        ("Haben Sie Rigoletto auf Schallplatte?", ["vinyl"]),
        ("Rigoletto on vinyl, please", ["vinyl"]),
        ("an LP or a CD by Verdi", ["vinyl", "cd"]),
        ("Carmen auf Blu-ray", ["blu-ray"]),
        ("das gibt es als Taschenbuch?", ["paperback"]),
        ("ein Hörbuch über Verdi", ["audiobook"]),
        ("a piano reduction of Carmen", ["vocal_score"]),
        ("den Klavierauszug von Carmen", ["vocal_score"]),
        ("a CD player for the car", []),
        ("CD-Regal", []),
        ("Blu-ray disc burner", []),
        ("Verdi auf DVD", []),
    ],
)
def test_a_format_counts_where_a_product_comes_in_it(text: str, formats: list[str]) -> None:
    assert list(drawn(text).filters.formats) == formats


@pytest.mark.parametrize("text", ["Blu-ray disc burner", "Verdi auf CD", "Hörbuch", "vinyl floor"])
def test_in_a_shop_without_formats_they_are_words_like_others(text: str) -> None:
    assert drawn(text, SHOP_WITHOUT_FORMATS) == Drawn(Filters(), text)


STRAUSSES = "Richard Strauss+Johann Strauss"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Opern, aber nichts von Wagner", ["Richard Wagner"]),
        ("Oper ohne Wagner", ["Richard Wagner"]),
        ("Wagner bitte nicht", ["Richard Wagner"]),
        ("nichts von Wagner oder Strauss", ["Richard Wagner", STRAUSSES]),
        ("nichts von Wagner, Strauss oder Mahler", ["Richard Wagner", STRAUSSES, "Gustav Mahler"]),
        ("keine Opern von Wagner", ["opera+Richard Wagner"]),
        ("Haben Sie etwas aber nichts von Wagner", ["Richard Wagner"]),
        ("Verdi, aber keine Oper", ["opera"]),
        ("operas but nothing by Wagner", ["Richard Wagner"]),
        ("operas except Wagner", ["Richard Wagner"]),
        ("thank you, no Wagner please", ["Richard Wagner"]),
        ("I don't like Wagner", ["Richard Wagner"]),
        ("something that is not by Wagner", ["Richard Wagner"]),
        (
            "neither Wagner nor Mahler, nothing by Wagner nor Mahler",
            ["Richard Wagner", "Gustav Mahler"],
        ),
        ("Verdi, not opera", ["opera"]),
        ("Verdi, not on CD", ["cd"]),
        ("nicht Wagner, Verdi bitte", ["Richard Wagner"]),
        ("nicht nur von Verdi", []),
        ("not only by Verdi", []),
        ("Haben Sie nichts von Verdi?", []),
        ("Gibt es keine Opern?", []),
        ("Ich habe noch keine Oper von Verdi", []),
        ("Ich kenne Verdi nicht", []),
        ("I have no operas by Verdi yet", []),
        ("Symphony No. 5 by Mahler", []),
    ],
)
def test_a_refusal_is_told_from_a_lack(text: str, names: list[str]) -> None:
    assert refused(text) == names


def test_what_is_refused_is_not_searched_for() -> None:
    assert drawn("Opern, aber nichts von Wagner").rest == "Opern"
    assert drawn("Opern, nicht von Hinz").rest == "Opern"
    assert drawn("Opern, auf CD, gern lang").rest == "Opern, gern lang"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("nur von Verdi", [["Giuseppe Verdi"]]),
        ("only by Verdi", [["Giuseppe Verdi"]]),
        ("nothing but Verdi", [["Giuseppe Verdi"]]),
        ("nichts außer Verdi", [["Giuseppe Verdi"]]),
        ("ausschließlich Opern", [["opera"]]),
        ("something by Verdi only, please", [["Giuseppe Verdi"]]),
        ("Verdi, only today", []),
        ("only operas by Verdi and Puccini", [["opera"], ["Giuseppe Verdi", "Giacomo Puccini"]]),
        ("nur von Strauss", [["Richard Strauss", "Johann Strauss"]]),
        ("nicht nur von Verdi", []),
        ("nur auf CD", []),
        ("only under 20 euros", []),
        ("von Verdi", []),
    ],
)
def test_a_restriction_is_heard(text: str, names: list[list[str]]) -> None:
    assert demanded(text) == names


def test_whom_it_must_be_by_is_still_searched_for() -> None:
    assert drawn("nur von Verdi").rest == "Verdi"


@pytest.mark.parametrize(
    ("text", "welcome"),
    [
        ("Verdi, auch ausverkaufte", True),
        ("Verdi, auch was gerade nicht da ist", True),
        ("selbst wenn es vergriffen ist", True),
        ("ausverkauft ist auch ok", True),
        ("Verdi even if sold out", True),
        ("Verdi, also out of stock", True),
        ("sold-out ones too", True),
        ("Verdi, whether or not in stock", True),
        ("nur was lieferbar ist", False),
        ("only what is in stock", False),
        ("Verdi", None),
    ],
)
def test_what_is_sold_out_is_welcome_only_where_it_was_said(
    text: str, welcome: bool | None
) -> None:
    assert drawn(text).filters.sold_out is welcome


def test_all_in_one_sentence() -> None:
    said = drawn("Opern auf Vinyl zwischen 20 und 30 Euro, nichts von Wagner, auch ausverkaufte")

    assert said.rest == "Opern"
    assert said.filters.as_json() == {
        "least_price": "20.0",
        "most_price": "30.0",
        "formats": ["vinyl"],
        "without": [[[{"creator": "Richard Wagner"}]]],
        "sold_out": True,
    }


SOUNDS = st.sampled_from(
    [
        *("nichts", "von", "Wagner", "Verdi", ",", "20", "Euro", "unter", "auf", "CD"),
        *("auch", "ausverkauft", "nur", "oder", ".", "not", "by", "only", "zwischen", "€"),
    ]
)


@given(st.text() | st.lists(SOUNDS).map(" ".join))
def test_whatever_is_typed_is_drawn_from_without_a_fault(text: str) -> None:
    said = drawn(text)

    assert len(said.rest) <= len(text)
    assert drawn(said.rest).filters.has_price is False or not said.filters.has_price


@given(st.lists(st.sampled_from(["Verdi", "eine", "Oper", "Venedig", "schön", "music", "trip"])))
def test_a_wish_without_limits_stays_as_it_was_said(words: list[str]) -> None:
    text = " ".join(words)

    assert drawn(text) == Drawn(Filters(), text)
