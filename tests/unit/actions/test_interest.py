import pytest

from actions.interest import names_something

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    "said",
    [
        "Ich liebe Opern von Verdi",
        "I love Verdi's operas",
        "etwas über Wien, bitte",
        "can you recommend a travel guide",
        "Bach",
    ],
)
def test_hears_what_is_liked(said: str) -> None:
    assert names_something(said)


@pytest.mark.parametrize(
    "said",
    [
        "",
        "Etwas empfehlen",
        "Können Sie mir etwas empfehlen?",
        "Haben Sie einen Tipp für mich?",
        "Suggest something",
        "What would you recommend?",
        "I'd like some suggestions, please",
    ],
)
def test_hears_that_nothing_was_named(said: str) -> None:
    assert names_something(said) is False
