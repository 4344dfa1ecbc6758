import pytest

from tests.unit.bot.entities import found

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Wo ist A-17?", "A-17"),
        ("wo ist A - 17", "A-17"),
        ("#A-17", "A-17"),
        ("A17", "A-17"),
        ("A siebzehn", "A-17"),
        ("a siebzehn bitte", "A-17"),
        ("Anton siebzehn", "A-17"),
        ("die Bestellung Anton siebzehn", "A-17"),
        ("a wie anton siebzehn", "A-17"),
        ("A wie Apfel eins sieben", "A-17"),
        ("B for Bravo one seven", "B-17"),
        ("Alpha one seven", "A-17"),
        ("a strich siebzehn", "A-17"),
        ("B dash twelve", "B-12"),
        ("order a seventeen please", "A-17"),
        ("where is a 17", "A-17"),
        ("wo bleibt a 17 denn", "A-17"),
        ("W2611340", "W2611340"),
        ("order #W2611340 please", "W2611340"),
        ("W two three double four", "W2344"),
        ("my order is w 2 6 1 1 3 4 0", "W2611340"),
        ("double you two six one one three four oh", "W2611340"),
        ("W wie Wilhelm, zwo sechs eins eins drei vier null", "W2611340"),
        ("Wilhelm zwo sechs eins eins drei vier null", "W2611340"),
        ("W wie Wilhelm zwei sechs eins eins drei vier null", "W2611340"),
        ("Whiskey two triple six", "W2666"),
        ("Zürich achtzehn", "Z-18"),
        ("order number X twenty one", "X-21"),
        ("storniere bestellung c siebzehn", "C-17"),
        ("A neunundzwanzig müsste das sein", "A-29"),
        ("ich glaube a neunundzwanzig", "A-29"),
        ("B hundertvier", "B-104"),
        ("i glaub b hundertvier wars", "B-104"),
        ("C twelve", "C-12"),
        ("is A twenty nine on its way", "A-29"),
        ("A seventeen it should be", "A-17"),
        ("A wie Anton siebzehn", "A-17"),
    ],
)
def test_an_order_is_known_however_it_is_spelled(text: str, number: str) -> None:
    assert found(text) == [("order_number", number)]


@pytest.mark.parametrize(
    "text",
    [
        "a 17 year old girl",
        "I have a 17 inch laptop",
        "ein 5 Sterne Hotel in A",
        "Symphonie Nr 9",
        "I would like one too",
        "Anton kommt nicht",
        "Golf und Tennis",
        "Plan B",
        "Vitamin C",
        "das A und O",
        "a one of a kind gift",
        "filters for the X20 coffee maker",
        "the traffic on the M25",
        "does the dress come in a 6",
        "could it be changed to a 14?",
        "a seventeen year old",
        "a hundred",
        "I ordered a twelve piece set",
        "I have a two year guarantee",
        "Vitamin C zwölf Stück",
        "Plan B zwei",
    ],
)
def test_no_order_is_made_of_other_words(text: str) -> None:
    assert not [name for name in found(text) if name[0] == "order_number"]


def test_two_orders_are_both_known() -> None:
    assert found("A-17 und W2344") == [("order_number", "A-17"), ("order_number", "W2344")]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Kundennummer C-1001", "C-1001"),
        ("c 1001", "C-1001"),
        ("C eins null null eins", "C-1001"),
        ("Charlie one double oh one", "C-1001"),
        ("c wie cäsar eintausendeins", "C-1001"),
        ("my customer number is c one zero zero one", "C-1001"),
        ("james_kovacs_9247", "james_kovacs_9247"),
        ("James_Kovacs_9247", "james_kovacs_9247"),
        ("james underscore kovacs underscore nine two four seven", "james_kovacs_9247"),
        ("james unterstrich kovacs unterstrich neun zwei vier sieben", "james_kovacs_9247"),
    ],
)
def test_a_customer_number_is_known_however_it_is_spoken(text: str, number: str) -> None:
    assert found(text) == [("customer_number", number)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("OPERA-10", "OPERA-10"),
        ("opera-10", "OPERA-10"),
        ("GUT-7K2M", "GUT-7K2M"),
        ("Mein Gutschein GUT-7K2M geht nicht", "GUT-7K2M"),
        ("Can I redeem OPERA-10 here?", "OPERA-10"),
        ("mein gutscheincode ist opera strich zehn", "OPERA-10"),
        ("the voucher code is opera dash ten", "OPERA-10"),
        ("code G U T dash seven K two M", "GUT-7K2M"),
        # In small letters, near a word for it
        ("mein code opera-10 soll abgezogen werden", "OPERA-10"),
        ("gutscheincode herbst-25 geht nicht", "HERBST-25"),
        ("code spring-15 isn't working", "SPRING-15"),
        ("the code you sent is spring-15", "SPRING-15"),
        ("rabattcode sommer-20", "SOMMER-20"),
        ("promo code summer-20 doesn't work", "SUMMER-20"),
        ("gutschein gut-7k2m", "GUT-7K2M"),
        ("opera-10 code geht nicht", "OPERA-10"),
        # Without a word for it
        ("gilt FRUEHLING-15 noch für Noten", "FRUEHLING-15"),
        ("SPRING-15 isn't working", "SPRING-15"),
        ("is autumn-25 good until the end", "AUTUMN-25"),
        ("does opera-10 count for books", "OPERA-10"),
        ("kann ich winter-20 noch einlösen", "WINTER-20"),
        ("ist herbst-25 noch gültig", "HERBST-25"),
    ],
)
def test_a_voucher_is_known_by_its_code(text: str, code: str) -> None:
    assert found(text) == [("voucher_code", code)]


@pytest.mark.parametrize(
    "text",
    [
        "Do you sell the WH-1000 there?",
        "MP3-Player",
        "Covid-19 Regeln im Laden",
        "E-Mail",
        "covid-19",
        "gilt covid-19 als Grund",
        "is the iphone-15 available",
        "haben Sie das iphone-15 mit Rabatt",
        "gibt es auf den wh-1000 Rabatt",
        "A-17 einlösen",
        "gilt W2611340 noch",
        "size gr-42",
        "discount for size-42",
        "I LIVE IN MAIN STREET-15",
        "mein Code ist 123-456",
        "ein Gutschein über 50-60 Euro",
    ],
)
def test_a_dash_alone_makes_no_voucher(text: str) -> None:
    assert not [name for name in found(text) if name[0] == "voucher_code"]


def test_a_code_that_does_not_work_is_no_faulty_article() -> None:
    assert found("SPRING-15 isn't working") == [("voucher_code", "SPRING-15")]
    assert found("mit HERBST-25 geht es nicht an, er funktioniert nicht") == [
        ("voucher_code", "HERBST-25")
    ]
    assert found("Die Lampe ist defekt, gilt OPERA-10 noch?") == [
        ("reason", "defective"),
        ("voucher_code", "OPERA-10"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "customer C-1020, code 3 0 8 8 1 5",
        "Kundennummer C-1020 und die Zahl ist 30 88 15",
        "ich hab c 1020 code drei null acht acht eins fünf",
        "C-1020, the code is 308 815",
        "C-1020, Code dreißig, achtundachtzig, fünfzehn",
    ],
)
def test_a_code_is_known_beside_a_customer_number(text: str) -> None:
    assert found(text) == [("customer_number", "C-1020"), ("code", "308815")]


@pytest.mark.parametrize(
    "text", ["30 88 15", "308 815", "3 0 8 8 1 5", "drei null acht, acht eins fünf"]
)
def test_a_code_is_known_alone(text: str) -> None:
    assert found(text) == [("code", "308815")]


@pytest.mark.parametrize("text", ["order 308 815", "308 815 Stück", "customer 308 815"])
def test_six_digits_of_something_else_are_no_code(text: str) -> None:
    assert not [name for name in found(text) if name[0] == "code"]
