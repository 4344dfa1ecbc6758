import pytest

from bot.bare import is_bare
from bot.entities import named_in

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    "text",
    [
        *("A-17", "Bestellung A-18", "die Bestellung A-18 bitte", "order A-17", "my order is A-17"),
        *("siebzehn", "twenty one please", "es sind drei", "just one"),
        *("am Dienstag", "on Tuesday", "gestern", "am 12. November um 15 Uhr", "letzte Woche"),
        *("um halb vier", "at 3 pm", "zwischen 10 und 12 Uhr", "half past three o'clock"),
        *("10115", "die Postleitzahl ist 10115", "my postcode is SW1A 1AA"),
        *("20 Euro", "äh, vier Sterne", "five stars", "OPERA-10", "mein Gutschein OPERA-10"),
        *("ana punkt ruiz at example punkt com", "0171 3920017", "it's ana@example.com"),
    ],
)
def test_what_names_something_and_says_nothing_else_is_an_answer(text: str) -> None:
    assert is_bare(text, named_in(text))


@pytest.mark.parametrize(
    "text",
    [
        *("cancel A-17", "Bestellung A-18 stornieren", "hello", "Guten Morgen", ""),
        *("gestern bestellt", "deliver it on Tuesday", "nicht am Dienstag", "das zweite", "alle"),
        *("PayPal", "zu klein", "Buchhaltung", "ist das am Dienstag möglich"),
    ],
)
def test_a_wish_is_more_than_a_number(text: str) -> None:
    assert not is_bare(text, named_in(text))
