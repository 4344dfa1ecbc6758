"""Numbers and addresses are found however they are written or spoken."""

import pytest

from bot.bare import is_bare
from bot.entities import named_in

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("text", "entity", "value"),
    [
        ("Wo ist A-17?", "order_number", "A-17"),
        ("a 17", "order_number", "A-17"),
        ("wo ist a 17", "order_number", "A-17"),
        ("meine Bestellung #W2611340", "order_number", "W2611340"),
        ("order W2611340 please", "order_number", "W2611340"),
        ("ana.ruiz@example.com", "email", "ana.ruiz@example.com"),
        ("ana punkt ruiz ät example punkt com", "email", "ana.ruiz@example.com"),
        ("it is ana at example dot com", "email", "ana@example.com"),
        ("0170/123 45 67", "phone_number", "+491701234567"),
        ("+49 170 1234567", "phone_number", "+491701234567"),
        ("der Code ist 123 456", "code", "123456"),
        ("4 8 2 9 1 3", "code", "482913"),
        ("eins zwei drei vier fünf sechs", "code", "123456"),
        ("one two three four five six", "code", "123456"),
        ("Kundennummer C-1001", "customer_number", "C-1001"),
        ("james_li_5688", "customer_number", "james_li_5688"),
        ("das zweite bitte", "position", "2"),
        ("I take the first one", "position", "1"),
        ("the last one", "position", "-1"),
        ("auf Englisch bitte", "target_language", "en"),
        ("can we speak German", "target_language", "de"),
    ],
)
def test_it_is_found_in_its_usual_form(text: str, entity: str, value: str) -> None:
    assert [(named.entity, named.value) for named in named_in(text)] == [(entity, value)]


@pytest.mark.parametrize("text", ["a 17 year old girl", "Symphonie Nr 9", "Ich liebe Verdi", ""])
def test_what_only_looks_like_one_is_left_alone(text: str) -> None:
    assert named_in(text) == []


def test_two_in_one_sentence_are_both_found() -> None:
    found = named_in("A-17 und ana@example.com")

    assert [named.entity for named in found] == ["order_number", "email"]


@pytest.mark.parametrize(
    "text", ["A-17", "äh, die Nummer ist C-1001", "it's 123456", "a@b.de bitte"]
)
def test_a_number_alone_is_an_answer(text: str) -> None:
    assert is_bare(text, named_in(text))


@pytest.mark.parametrize("text", ["Wo ist A-17?", "cancel A-17", "das zweite", "Ja", ""])
def test_a_number_in_a_wish_is_not(text: str) -> None:
    assert not is_bare(text, named_in(text))
