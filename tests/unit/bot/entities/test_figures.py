import pytest

from tests.unit.bot.entities import found

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0171 3920017", "+491713920017"),
        ("0171/39 200 17", "+491713920017"),
        ("+49 (0)171 3920017", "+491713920017"),
        ("0049 171 3920017", "+491713920017"),
        ("+44 7700 900123", "+447700900123"),
        ("plus vier neun eins sieben eins drei neun zwei null null eins sieben", "+491713920017"),
        ("null eins sieben eins drei neun zwei null null eins sieben", "+491713920017"),
        ("null eins sieben eins dreihundertzweiundneunzig null null siebzehn", "+491713920017"),
        ("01713920017", "+491713920017"),
        ("oh one seven one three nine two double oh one seven", "+491713920017"),
        ("zero one seven one three nine two zero zero one seven", "+491713920017"),
        ("my number is 49 171 3920017", "+491713920017"),
        ("030 1234567", "+49301234567"),
        ("unter 030 12 34 56 7 bitte", "+49301234567"),
    ],
)
def test_a_telephone_number_is_in_its_international_form(text: str, number: str) -> None:
    assert found(text) == [("phone_number", number)]


def test_a_number_without_a_country_is_the_shops() -> None:
    assert found("0664 1234567", region="AT") == [("phone_number", "+436641234567")]
    assert found("oh double seven double oh nine double oh one two three", region="GB") == [
        ("phone_number", "+447700900123")
    ]


def test_what_no_country_has_stays_as_it_was_said() -> None:
    assert found("1" * 14, region="GB") == [("phone_number", "1" * 14)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("482913", "482913"),
        ("der Code ist 482 913", "482913"),
        ("482-913", "482913"),
        ("48 29 13", "482913"),
        ("4 8 2 9 1 3", "482913"),
        ("vier acht zwei neun eins drei", "482913"),
        ("vier, acht, zwei, neun, eins, drei", "482913"),
        ("four eight two nine one three", "482913"),
        ("achtundvierzig neunundzwanzig dreizehn", "482913"),
        ("double four two nine one three", "442913"),
        ("zwo drei vier fünf sechs sieben", "234567"),
        ("oh four two nine one three", "042913"),
    ],
)
def test_six_digits_are_a_code(text: str, code: str) -> None:
    assert found(text) == [("code", code)]


@pytest.mark.parametrize(
    "text", ["12345", "2026 20 Stück", "Bestellung 123456", "order number 123456", "123456 Euro"]
)
def test_other_figures_are_no_code(text: str) -> None:
    assert not [name for name in found(text) if name[0] == "code"]


@pytest.mark.parametrize(
    ("text", "postcode"),
    [
        ("10115", "10115"),
        ("10115 Berlin", "10115"),
        ("D-10115 Berlin", "10115"),
        ("ich wohne in 80331 München", "80331"),
        ("eins null eins eins fünf", "10115"),
        ("meine plz ist eins null eins eins fünf", "10115"),
        ("1010 Wien", "1010"),
        ("A-1010 Wien", "1010"),
        ("8001 zürich", "8001"),
        ("acht null null eins Zürich", "8001"),
        ("PLZ 8001", "8001"),
        ("die Postleitzahl lautet 1010", "1010"),
        ("SW1A 1AA", "SW1A 1AA"),
        ("sw1a1aa", "SW1A 1AA"),
        ("my postcode is m1 1ae", "M1 1AE"),
        ("S W one A one double A", "SW1A 1AA"),
        ("sierra whiskey one alpha one alpha alpha", "SW1A 1AA"),
        ("E C one A one B B", "EC1A 1BB"),
    ],
)
def test_a_postcode_is_known_in_four_countries(text: str, postcode: str) -> None:
    assert found(text) == [("postcode", postcode)]


@pytest.mark.parametrize(
    "text", ["1010", "Bestellung 10115", "00999", "15000 Euro", "10115 Punkte", "2026 Wünsche"]
)
def test_other_figures_are_no_postcode(text: str) -> None:
    assert not [name for name in found(text) if name[0] == "postcode"]
