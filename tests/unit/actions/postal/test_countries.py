import pytest

from actions.postal.countries import country_called, country_in, country_of
from actions.postal.spelling import spell_address
from crm_store.base import Language
from crm_store.customers.addresses import PostalAddress

pytestmark = pytest.mark.unit

SERVED = ["DE", "AT", "CH"]


@pytest.mark.parametrize(
    ("said", "country"),
    [
        ("Liefern Sie nach Österreich?", "AT"),
        ("do you ship to the UK", "GB"),
        ("in die Schweiz bitte", "CH"),
        ("to Germany or Austria", None),
        ("wohin Sie wollen", None),
    ],
)
def test_a_country_is_heard_where_one_is_named(said: str, country: str | None) -> None:
    assert country_in(said) == country


@pytest.mark.parametrize(
    ("postcode", "countries", "country"),
    [
        ("10115", SERVED, "DE"),
        ("1010", SERVED, None),
        ("1010", ["DE", "AT"], "AT"),
        ("8001", ["CH", "AT", "DE"], "CH"),
        ("75001", ["DE", "FR"], "DE"),
        ("NW1 6XE", SERVED, "GB"),
    ],
)
def test_a_postcode_tells_its_country_only_where_that_is_plain(
    postcode: str, countries: list[str], country: str | None
) -> None:
    assert country_of(postcode, countries) == country


def test_a_country_is_called_by_its_name_in_each_language() -> None:
    assert country_called("AT", Language.de) == "Österreich"
    assert country_called("AT", Language.en) == "Austria"


def test_an_address_is_written_as_its_country_does_and_spoken_sign_by_sign() -> None:
    berlin = PostalAddress("Am Markt 3", "10437", "Berlin", "DE")
    london = PostalAddress("12 Baker Street", "NW1 6XE", "London", "GB")

    assert spell_address(berlin, Language.de) == "Am Markt 3, 10437 Berlin, Deutschland"
    assert spell_address(berlin, Language.en, spoken=True).startswith(
        "Am Markt 3, 1 0 4 3 7 Berlin"
    )
    assert spell_address(london, Language.en) == "12 Baker Street, London NW1 6XE, United Kingdom"
