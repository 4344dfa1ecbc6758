import pytest

from tests.unit.bot.entities import found

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("17", "17"),
        ("siebzehn", "17"),
        ("zweiundsiebzig", "72"),
        ("zwei und siebzig", "72"),
        ("Bestellung zweiundsiebzig", "72"),
        ("Nummer 17", "17"),
        ("order number seventeen", "17"),
        ("one hundred and five", "105"),
        ("einhundertfünf", "105"),
        ("dreißig", "30"),
        ("dreissig", "30"),
        ("two", "2"),
        ("zwo Stück", "2"),
        ("I need two of them", "2"),
        ("ich nehme 3 Stück", "3"),
        ("eins", "1"),
        ("one", "1"),
        ("just one please", "1"),
        ("one seven", "17"),
        ("eins sieben", "17"),
        ("twenty-one", "21"),
        ("2x bitte", "2"),
        ("1.000 Stück", "1000"),
        ("2611340", "2611340"),
        ("17, not 70", "17"),
        ("siebzehn nicht siebzig", "17"),
        ("nicht 70, sondern 17", "17"),
    ],
)
def test_a_whole_number_is_known_in_figures_and_words(text: str, number: str) -> None:
    assert found(text) == [("number", number)]


@pytest.mark.parametrize(
    "text",
    [
        "I would like one too",
        "that one please",
        "this one is nice",
        "ich hätte gern ein Buch",
        "eine Frage bitte",
        "a book",
        "Symphonie Nr 9",
        "a 17 year old",
        "meine Tochter ist 17 Jahre alt",
        "20 Prozent Rabatt",
        "in 30 Minuten",
        "a 55 inch screen",
        "3,5 kg",
        "zwei komma fünf Kilo Kaffee",
        "vier gewinnt",
        "tausend Dank",
        "Windows 11",
        "not 70",
        "version 2.1",
        "24/7",
        "Ich liebe Verdi",
        "oh, das ist schön",
        "gib acht",
        "no one told me",
        "wie bekomme ich eins?",
        "noch eins davon",
        "a table for two people",
        "die vier Ziffern",
        "zwei bis drei Tage",
        "14 or 30 days",
        "DE89 3704 0044 0532 0130 00",
    ],
)
def test_what_counts_nothing_is_no_number(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "rating"),
    [
        ("five stars", "5"),
        ("5 Sterne", "5"),
        ("vier von fünf", "4"),
        ("4 out of 5", "4"),
        ("4/5", "4"),
        ("three out of five stars", "3"),
        ("ein Stern", "1"),
        ("one star", "1"),
        ("I'd rate it a four", "4"),
        ("I give it a 3", "3"),
        ("5 von 5", "5"),
        ("mit einem von fünf Punkten", "1"),
        ("one out of five", "1"),
        ("eins von fünf", "1"),
        ("4 points out of 5", "4"),
        ("drei Sternchen", "3"),
        ("ich gebe euch 4 Punkte", "4"),
        ("gebe volle Punktzahl", "5"),
        ("full marks", "5"),
        ("alle fünf Sterne", "5"),
        ("Bewertung: 4", "4"),
        ("Bewertung fünf von fünf", "5"),
        ("vier auf einer Skala von eins bis fünf", "4"),
        ("on a scale of one to five a four", "4"),
    ],
)
def test_a_mark_is_known_out_of_five(text: str, rating: str) -> None:
    assert found(text) == [("rating", rating)]


@pytest.mark.parametrize(
    "text",
    [
        *("10 out of 10", "8 von 10", "9 Sterne", "0/5", "10 Punkte", "ein Punkt noch"),
        *("3 of 5 items arrived", "zwei von fünf Teilen fehlen", "eine von fünf Lampen"),
    ],
)
def test_other_marks_are_left_alone(text: str) -> None:
    assert not [name for name in found(text) if name[0] == "rating"]


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("das zweite bitte", "2"),
        ("der erste", "1"),
        ("I take the first one", "1"),
        ("the second one", "2"),
        ("the 2nd one", "2"),
        ("das 3.", "3"),
        ("Nummer zwei", "2"),
        ("option one", "1"),
        ("number 3 please", "3"),
        ("the last one", "-1"),
        ("die letzte", "-1"),
        ("meine letzte Bestellung", "-1"),
        ("my last order", "-1"),
        ("the other one", "other"),
        ("die andere", "other"),
        ("lieber den anderen", "other"),
        ("das andere", "other"),
        ("etwas vom anderen", "other"),
        ("was ist mit der anderen", "other"),
        ("cancel the other order", "other"),
        ("not the first but the second one", "2"),
        ("nicht die erste sondern die zweite", "2"),
    ],
)
def test_which_of_several_is_known(text: str, position: str) -> None:
    assert found(text) == [("position", position)]


@pytest.mark.parametrize(
    "text",
    [
        "wait a second",
        "one second please",
        "the first time",
        "beim letzten Mal",
        "my last name",
        "first of all",
        "second hand",
        "at last",
        "First, I want to know",
        "on the other hand",
        "the other day",
        "the last five orders",
        "in den letzten Wochen",
        "eine andere Adresse",
        "den anderen Kunden vor mir",
        "the other customers",
        "andere Leute",
        "another customer",
        "der andere Kollege hat das gesagt",
        "the other lady I spoke to",
        "nicht so wie die anderen",
        "das erste Mal",
    ],
)
def test_what_orders_nothing_is_no_position(text: str) -> None:
    assert not [name for name in found(text) if name[0] == "position"]


@pytest.mark.parametrize(
    "text", ["for the other three stars", "for the other one 3 stars", "für die andere drei Sterne"]
)
def test_the_other_one_may_have_its_own_mark(text: str) -> None:
    assert found(text) == [("position", "other"), ("rating", "3")]


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("unter 20 Euro", "20.00 EUR"),
        ("19,90 €", "19.90 EUR"),
        ("€19.90", "19.90 EUR"),
        ("19.90 EUR", "19.90 EUR"),
        ("EUR 19,90", "19.90 EUR"),
        ("19 Euro 90", "19.90 EUR"),
        ("neunzehn Euro neunzig", "19.90 EUR"),
        ("neunzehn neunzig Euro", "19.90 EUR"),
        ("zwanzig Euro bitte", "20.00 EUR"),
        ("$5", "5.00 USD"),
        ("five dollars", "5.00 USD"),
        ("twenty pounds fifty", "20.50 GBP"),
        ("£12.50", "12.50 GBP"),
        ("1.299,00 €", "1299.00 EUR"),
        ("1,299.00 euros", "1299.00 EUR"),
        ("tausend Euro", "1000.00 EUR"),
        ("einen Euro", "1.00 EUR"),
        ("99 Cent", "0.99 EUR"),
        ("5 Euro und 50 Cent", "5.50 EUR"),
        ("50 Franken", "50.00 CHF"),
        ("CHF 50", "50.00 CHF"),
        ("ein 10-Euro-Gutschein", "10.00 EUR"),
        ("20,- €", "20.00 EUR"),
        ("one hundred and five euros", "105.00 EUR"),
        # The cents after the currency
        ("12 euros 50", "12.50 EUR"),
        ("nineteen pounds ninety", "19.90 GBP"),
        ("it was nineteen pounds ninety when I looked", "19.90 GBP"),
        ("nehmt ihr auch neunzehn euro neunzig dafür", "19.90 EUR"),
        ("ich habe neunzehn euro neunzig bezahlt", "19.90 EUR"),
        ("3 Euro 5", "3.05 EUR"),
        ("fünf Euro fünfzig", "5.50 EUR"),
        ("zwei franken achtzig", "2.80 CHF"),
        ("einen Euro fünfzig", "1.50 EUR"),
        ("a pound fifty", "1.50 GBP"),
        ("$12 and 50 cents", "12.50 USD"),
        ("£12 50p", "12.50 GBP"),
        ("12 Euro und 50 Cent", "12.50 EUR"),
        ("12 € und 5 Cent", "12.05 EUR"),
        ("12 Euro 50. Danke", "12.50 EUR"),
        ("it costs 12 pounds 50 too much", "12.50 GBP"),
        ("neunzehn komma neun null euro", "19.90 EUR"),
    ],
)
def test_a_sum_is_known_with_its_currency(text: str, amount: str) -> None:
    assert found(text) == [("amount", amount)]


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("12 euros 50 pieces", ["12.00 EUR"]),
        ("20 Euro 3 Stück", ["20.00 EUR"]),
        ("für 20 euro 2 bücher", ["20.00 EUR"]),
        ("the book for 12 pounds and 3 pens", ["12.00 GBP"]),
        ("20 Euro 15 Uhr", ["20.00 EUR"]),
        ("20 Euro 17 Prozent", ["20.00 EUR"]),
        ("20 euro 24. Dezember", ["20.00 EUR"]),
        ("20 Euro 30 Euro", ["20.00 EUR", "30.00 EUR"]),
        ("zwischen fünf Euro fünfzig und sechs Euro neunzig", ["5.50 EUR", "6.90 EUR"]),
        ("$12 50 books", ["12.00 USD"]),
    ],
)
def test_a_number_of_something_else_is_no_cents(text: str, amounts: list[str]) -> None:
    assert [value for entity, value in found(text) if entity == "amount"] == amounts


def test_both_ends_of_a_price_are_known() -> None:
    assert found("zwischen 10 und 20 Euro") == [("amount", "10.00 EUR"), ("amount", "20.00 EUR")]
    assert found("ten to twenty pounds") == [("amount", "10.00 GBP"), ("amount", "20.00 GBP")]


@pytest.mark.parametrize("text", ["neunzehn neunzig", "19,90", "viele Euro", "Euro", "Dollar"])
def test_without_number_or_currency_there_is_no_sum(text: str) -> None:
    assert not [name for name in found(text) if name[0] == "amount"]
