"""What counts as a yes to being recorded, and what does not."""

import pytest

from channels.phone.keys import Allowed, Chosen, Expected, Keypad, OtherLanguage, Person
from channels.phone.permission import Answer, answer_by, answer_in

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    "words", ["Ja", "ja, bitte!", "Ja gerne.", "Yes, of course", "Einverstanden"]
)
def test_a_plain_yes_is_one(words: str) -> None:
    assert answer_in(words) is Answer.yes


@pytest.mark.parametrize(
    "words", ["Nein", "nein danke", "No, thank you.", "Nee, lieber nicht", "no"]
)
def test_a_plain_no_is_one(words: str) -> None:
    assert answer_in(words) is Answer.no


@pytest.mark.parametrize(
    "words",
    [
        "",
        "okay",
        "Ja, ich möchte meine Bestellung stornieren",
        "Yes I have a question about my order",
        "Wo ist mein Paket?",
        "ja nein",
        "Januar",
        "yesterday",
        "nobody",
    ],
)
def test_anything_else_is_no_yes(words: str) -> None:
    assert answer_in(words) is not Answer.yes


def test_a_yes_with_a_no_in_it_is_none() -> None:
    assert answer_in("ja, das möchte ich nicht") is Answer.none


def test_one_allows_only_where_it_was_asked() -> None:
    asked, not_asked = Expected(choices=2, permission=True), Expected(choices=2)

    assert Keypad().press("1", asked) == Allowed()
    assert Keypad().press("1", not_asked) == Chosen(0)


def test_two_is_the_language_unless_it_is_part_of_a_number() -> None:
    assert Keypad().press("2", Expected(other_language=True)) == OtherLanguage()
    assert Keypad().press("2", Expected(other_language=True, number=True)) is None


def test_zero_stays_a_person() -> None:
    assert Keypad().press("0", Expected(permission=True, other_language=True)) == Person()


@pytest.mark.parametrize(
    ("meaning", "answer"),
    [
        (Allowed(), Answer.yes),
        (OtherLanguage(), Answer.other_language),
        (Person(), Answer.none),
        (Chosen(0), Answer.none),
        (None, Answer.none),
    ],
)
def test_no_other_key_allows_anything(
    meaning: Allowed | OtherLanguage | Person | Chosen | None, answer: Answer
) -> None:
    assert answer_by(meaning) is answer
