import pytest

from bot.bare import is_bare
from bot.entities import named_in

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    "text",
    ["A-17", "Bestellung A-18", "die Bestellung A-18 bitte", "order A-17", "my order is A-17"],
)
def test_a_number_with_small_words_is_nothing_but_a_number(text: str) -> None:
    assert is_bare(text, named_in(text))


@pytest.mark.parametrize("text", ["cancel A-17", "Bestellung A-18 stornieren", "hello"])
def test_a_wish_is_more_than_a_number(text: str) -> None:
    assert not is_bare(text, named_in(text))
