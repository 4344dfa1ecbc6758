import pytest

from actions.gifts import says_what_is_liked

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    "text",
    [
        "Ich suche ein Geschenk für meine Mutter",
        "was schenkt man zur goldenen hochzeit",
        "etwas bis fünfzig Euro für zwei Kinder",
        "I need a present for my boss",
        "something for a wedding under 50 pounds",
    ],
)
def test_whom_it_is_for_and_when_says_nothing_of_taste(text: str) -> None:
    assert not says_what_is_liked(text)


@pytest.mark.parametrize(
    "text",
    [
        "Meine Mutter liebt Puccini",
        "ein Geschenk für einen Opernfreund",
        "a gift for my brother who is into cycling",
        "my best friend adores thrillers",
    ],
)
def test_what_somebody_likes_is_heard(text: str) -> None:
    assert says_what_is_liked(text)
