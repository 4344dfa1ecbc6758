import pytest

from actions.nothing_came import says_nothing_came

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    "text",
    [
        *("I haven't got any code", "no code yet", "the code did not arrive", "nothing came"),
        *("I never received a message", "there's nothing here", "the text isn't here"),
        *("Bei mir ist kein Code angekommen", "ich bekomme keine SMS", "da kommt nichts"),
        *("Der Code ist noch nicht da", "es ist nichts gekommen", "keine Mail erhalten"),
    ],
)
def test_somebody_waits_in_vain(text: str) -> None:
    assert says_nothing_came(text)


@pytest.mark.parametrize(
    "text",
    [
        *("where is my order?", "let me talk to a person", "what code?", "forget it", "no"),
        *("Wo ist mein Paket?", "einen Menschen bitte", "welcher Code denn", "das ist nichts"),
    ],
)
def test_other_words_are_other_wishes(text: str) -> None:
    assert not says_nothing_came(text)
