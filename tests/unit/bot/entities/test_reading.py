import pytest

from bot.entities import named_in
from tests.unit.bot.entities import TODAY, found

pytestmark = pytest.mark.unit
LONGEST_MESSAGE = 4000
PIECES = [
    *("a", "1", "-", "_", ".", "@", " ", "\n", "\0", "·", "º", "ß", "İ", "😀", "\u00ad"),
    *("a ", "1 ", "12 ", "1, ", "1.", "1/", "1:", "+1 ", "(1", "1-", "a-", "a_", "a.", "a@", "_1"),
    *("eins ", "null ", "one ", "oh ", "double ", "hundert", "tausend", "hundred and ", "und "),
    *("a wie ", "anton ", "w 2 ", "w two three ", " dot a", "a at ", "a@b.c ", "ab-1 "),
    *("12.11. ", "im mai ", "dienstag ", "in 3 tagen ", "3 bis ", "5 vor ", "um 3 ", "12º "),
    *("5 euro ", "5 bis ", "nicht das ", "gefällt ", "letzte woche ", "the last ", "zeichnen "),
]


@pytest.mark.parametrize("piece", PIECES)
def test_a_message_of_one_thing_over_and_over_is_read_to_its_end(piece: str) -> None:
    text = (piece * LONGEST_MESSAGE)[:LONGEST_MESSAGE]

    names = named_in(text, today=TODAY)

    places = [(name.start, name.end) for name in names]
    assert places == sorted(places)
    assert all(0 <= start < end <= len(text) for start, end in places)
    assert all(one[1] <= other[0] for one, other in zip(places, places[1:], strict=False))


def test_a_name_stands_where_it_was_written() -> None:
    text = "Grüße,  am   zwölften  Elften bitte A siebzehn für fünf Euro"

    words = [text[name.start : name.end] for name in named_in(text, today=TODAY)]

    assert words == ["zwölften  Elften", "A siebzehn", "fünf Euro"]


def test_many_things_in_one_message_are_all_known() -> None:
    text = (
        "Bestellung A-17 von letzter Woche für 19,90 € bitte am Freitag zwischen 10 und 12 Uhr "
        "an 10115 Berlin, Rückruf unter 0171 3920017 oder ana@example.com"
    )

    assert found(text) == [
        ("order_number", "A-17"),
        ("date", "2026-11-16/2026-11-22"),
        ("amount", "19.90 EUR"),
        ("date", "2026-11-27"),
        ("time", "10:00/12:00"),
        ("postcode", "10115"),
        ("phone_number", "+491713920017"),
        ("email", "ana@example.com"),
    ]


def test_after_sixty_numbers_nothing_more_is_read() -> None:
    assert len(found("17, " * 100)) < 100
    assert found("17, " * 30 + "A-17")[-1] == ("order_number", "A-17")


@pytest.mark.parametrize("language", ["de", "en", None])
def test_either_language_is_understood_in_a_conversation_in_the_other(language: str | None) -> None:
    assert found("zweiundsiebzig", language=language) == [("number", "72")]
    assert found("seventy-two", language=language) == [("number", "72")]
    assert found("gestern", language=language) == found("yesterday", language=language)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("nicht Dienstag, sondern Donnerstag", ("date", "2026-11-26")),
        ("Thursday, not Tuesday", ("date", "2026-11-26")),
        ("Nummer B-104, nicht P-104", ("order_number", "B-104")),
        ("89 statt 69 Euro", ("amount", "89.00 EUR")),
        ("a size 9 instead of an 8", ("number", "9")),
        ("nicht am Dienstag", ("date", "2026-12-01")),
    ],
)
def test_what_is_denied_is_not_meant_if_anything_else_is(text: str, name: tuple[str, str]) -> None:
    assert found(text) == [name]


def test_whoever_denies_a_language_asks_for_the_other() -> None:
    assert found("bitte nicht auf Englisch") == []
    assert found("I don't speak German") == []
    assert found("ich verstehe kein Englisch") == []
    assert found("ich kann nicht gut Deutsch, bitte auf Englisch") == [("target_language", "en")]
