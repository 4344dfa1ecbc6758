import pytest

from actions.asks.story import tells

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    "text",
    [
        "the vase has a crack in it",
        "Die Platte ist zerkratzt und springt",
        "you billed me for two lamps and I only ordered one",
        "statt der CD lag ein Buch im Paket",
    ],
)
def test_words_that_say_what_happened_are_an_account(text: str) -> None:
    assert tells(text)


@pytest.mark.parametrize(
    "text",
    [
        "my invoice is wrong",
        "something is wrong with A-17",
        "My item arrived damaged",
        "Ich habe einen beschädigten Artikel erhalten",
        "Falscher Artikel geliefert",
    ],
)
def test_words_that_only_say_that_something_did_are_none(text: str) -> None:
    assert not tells(text)
