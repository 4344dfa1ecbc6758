import pytest

from actions.postal.hearing import address_in, name_in, number_in

pytestmark = pytest.mark.unit

BERLIN = {"street": "Hauptstraße 5", "postcode": "10115", "town": "Berlin"}
VIENNA = {"street": "Figarogasse 14/7", "postcode": "1010", "town": "Wien", "country": "AT"}
LONDON = {
    "street": "12 Baker Street",
    "postcode": "NW1 6XE",
    "town": "London",
    "country": "GB",
}


@pytest.mark.parametrize(
    ("said", "parts"),
    [
        ("Hauptstraße 5, 10115 Berlin", BERLIN),
        ("Hauptstraße 5\n10115 Berlin", BERLIN),
        ("Bitte liefern Sie A-21 an die Hauptstraße 5, 10115 Berlin", BERLIN),
        ("Ich wohne jetzt in der Hauptstraße 5 in 10115 Berlin", BERLIN),
        ("10115 Berlin, Hauptstraße 5", BERLIN),
        ("Hauptstraße 5, 10115 Berlin, Germany please", {**BERLIN, "country": "DE"}),
        ("Schloßallee 1 b, D-04109 Leipzig", {
            "street": "Schloßallee 1b", "postcode": "04109", "town": "Leipzig", "country": "DE",
        }),
        ("an der alster 14 20099 hamburg", {
            "street": "An der Alster 14", "postcode": "20099", "town": "Hamburg",
        }),
        ("Lange Straße 12, 60311 Frankfurt am Main", {
            "street": "Lange Straße 12", "postcode": "60311", "town": "Frankfurt am Main",
        }),
        ("Straße des 17. Juni 135, 10623 Berlin", {
            "street": "Straße des 17. Juni 135", "postcode": "10623", "town": "Berlin",
        }),
        ("bitte in die Moldaustraße 33, 01067 Dresden geliefert bekommen", {
            "street": "Moldaustraße 33", "postcode": "01067", "town": "Dresden",
        }),
        ("Figarogasse 14/7, 1010 Wien, Österreich", VIENNA),
        ("Figarogasse 14/7, A-1010 Wien", VIENNA),
        ("Bahnhofstrasse 10, 8001 Zürich", {
            "street": "Bahnhofstrasse 10", "postcode": "8001", "town": "Zürich",
        }),
        ("12 Baker Street, London NW1 6XE", LONDON),
        ("send it to 12 Baker Street, London, NW1 6XE, UK", LONDON),
        ("123 Main Street, Apt 4, Austin, TX 78701", {
            "street": "123 Main Street, Apt 4",
            "postcode": "78701",
            "town": "Austin, TX",
            "country": "US",
        }),
    ],
)  # fmt: skip
def test_an_address_is_heard_in_the_form_of_its_country(said: str, parts: dict[str, str]) -> None:
    assert address_in(said) == parts


@pytest.mark.parametrize(
    ("said", "parts"),
    [
        ("hauptstraße 5 10115 berlin", BERLIN),
        ("hauptstraße fünf eins null eins eins fünf berlin", BERLIN),
        ("hauptstraße fünf zehn eins fünfzehn berlin", BERLIN),
        ("twelve baker street london nw1 6xe", LONDON),
        ("bahnhofstrasse zehn acht null null eins zürich schweiz", {
            "street": "Bahnhofstrasse 10", "postcode": "8001", "town": "Zürich", "country": "CH",
        }),
        ("mozartgasse vier zehn zehn wien österreich", {
            "street": "Mozartgasse 4", "postcode": "1010", "town": "Wien", "country": "AT",
        }),
        ("unter den linden siebenundsiebzig eins null eins eins sieben berlin", {
            "street": "Unter den Linden 77", "postcode": "10117", "town": "Berlin",
        }),
        ("twenty one rose lane york", {"street": "21 Rose Lane", "town": "York"}),
    ],
)  # fmt: skip
def test_an_address_is_heard_as_it_is_spoken(said: str, parts: dict[str, str]) -> None:
    assert address_in(said) == parts


@pytest.mark.parametrize(
    "said",
    [
        "Maria Ruiz, Hauptstraße 5, 10115 Berlin",
        "Maria Ruiz\nHauptstraße 5\n10115 Berlin",
        "Please send it to my sister Maria Ruiz, Hauptstraße 5, 10115 Berlin",
    ],
)
def test_whoever_is_named_before_the_street_gets_the_parcel(said: str) -> None:
    assert address_in(said) == {**BERLIN, "recipient": "Maria Ruiz"}


@pytest.mark.parametrize(
    ("said", "parts"),
    [
        ("Hauptstraße 5", {"street": "Hauptstraße 5"}),
        ("Hauptstraße 5 in Berlin", {"street": "Hauptstraße 5", "town": "Berlin"}),
        ("it is the Hauptstraße", {"road": "Hauptstraße"}),
        ("10115 Berlin", {"postcode": "10115", "town": "Berlin"}),
        ("5 Park Avenue New York", {"street": "5 Park Avenue", "town": "New York"}),
    ],
)
def test_what_is_missing_is_not_made_up(said: str, parts: dict[str, str]) -> None:
    assert address_in(said) == parts


@pytest.mark.parametrize(
    "said",
    [
        "I want to change the delivery address of my order A-21",
        "cancel order 4711 please",
        "Could you deliver 3 pieces instead of 2",
        "it has been 2 days on the way",
        "2 Stück bis 24.12. in Berlin",
        "Kann das Paket an meinen Nachbarn in Hausnummer 12 gehen?",
        "frankfurt am main",
        "nach Österreich",
        "",
    ],
)
def test_other_words_and_numbers_are_no_address(said: str) -> None:
    assert address_in(said) == {}


@pytest.mark.parametrize(
    ("said", "number"),
    [("hausnummer 7", "7"), ("number 12a", "12a"), ("zwölf", "12"), ("ja", None)],
)
def test_the_number_of_a_house_is_heard_alone(said: str, number: str | None) -> None:
    assert number_in(said) == number


@pytest.mark.parametrize(
    ("said", "town"),
    [("it is Berlin", "Berlin"), ("der Ort ist frankfurt am main", "Frankfurt am Main")],
)
def test_a_town_is_heard_alone(said: str, town: str) -> None:
    assert name_in(said) == town
